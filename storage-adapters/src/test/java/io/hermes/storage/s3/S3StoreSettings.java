package io.hermes.storage.s3;

import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.Secret;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.testing.S3Server;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Settings of a provider on a test's server. */
final class S3StoreSettings {

    private final Map<String, String> config = new HashMap<>();
    private final Map<String, Secret> secrets = new HashMap<>();
    private Optional<Measured> measured = Optional.empty();
    private boolean writable = true;

    static S3StoreSettings on(S3Server server) {
        return at(server.endpoint(), server.region(), server.bucket(), server.accessKey(), server.secretKey());
    }

    static S3StoreSettings at(String endpoint, String region, String bucket, String accessKey, String secretKey) {
        return new S3StoreSettings()
                .with("endpoint", endpoint)
                .with("region", region)
                .with("bucket", bucket)
                .secret("access_key", accessKey)
                .secret("secret_key", secretKey);
    }

    S3StoreSettings with(String key, String value) {
        config.put(key, value);
        return this;
    }

    S3StoreSettings without(String key) {
        config.remove(key);
        secrets.remove(key);
        return this;
    }

    S3StoreSettings secret(String key, String value) {
        secrets.put(key, Secret.of(value));
        return this;
    }

    S3StoreSettings measured(Measured seen) {
        measured = Optional.of(seen);
        return this;
    }

    S3StoreSettings readOnly() {
        writable = false;
        return this;
    }

    /** The secrets in clear, to look for where they must not be. */
    Set<String> secrets() {
        return secrets.values().stream().map(Secret::reveal).collect(Collectors.toUnmodifiableSet());
    }

    StoreSettings build() {
        UUID provider = UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc");
        return new StoreSettings(provider, "s3-test", "s3", writable, config, secrets, measured);
    }
}
