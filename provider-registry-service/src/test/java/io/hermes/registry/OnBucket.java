package io.hermes.registry;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A test whose providers are in the {@linkplain S3Bucket bucket}. */
public abstract class OnBucket {

    protected static final String PROVIDERS = "/api/v2/providers";

    @ConfigProperty(name = "test.s3.endpoint")
    protected String endpoint;

    @ConfigProperty(name = "test.s3.region")
    protected String region;

    @ConfigProperty(name = "test.s3.bucket")
    protected String bucket;

    @ConfigProperty(name = "test.s3.access-key")
    protected String accessKey;

    @ConfigProperty(name = "test.s3.secret-key")
    protected String secretKey;
}
