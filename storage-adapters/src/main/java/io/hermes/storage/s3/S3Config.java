package io.hermes.storage.s3;

import io.hermes.storage.Secret;
import io.hermes.storage.StoreEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one S3 provider, checked. {@link S3Settings} reads them.
 *
 * @param endpoint base URL of the service
 * @param region region to sign for
 * @param bucket name of the bucket
 * @param prefix folder within the bucket, without slashes at its ends; empty for the whole bucket
 * @param keys static credentials; without them the SDK's default chain is asked
 * @param role what these credentials are only the key to
 * @param pathStyle bucket in the path instead of the host name
 * @param checksums when the SDK adds checksums
 * @param transport how to connect
 * @param partBytes size of the parts of a large document
 * @param thresholdBytes up to this size a document is written with one request
 * @param uploadConcurrency parts of one document that are sent at once
 * @param downloadConcurrency ranges of one large document that are read at once; 1 reads it with one request
 * @param staleUploadsAfter how long an upload by parts may take before it counts as left behind
 * @param maxAttempts tries of one request by the SDK, the first included
 * @param metadataStore where documents' metadata is kept
 * @param defaultContentType media type of a document that brings none
 * @param listsFolders a listing asks for one folder after the other, not for all at once
 * @param versioningExpected the operator counts on versions, so that a bucket without them is a finding
 */
record S3Config(
        URI endpoint,
        String region,
        String bucket,
        String prefix,
        Optional<Keys> keys,
        Optional<Role> role,
        boolean pathStyle,
        ChecksumMode checksums,
        Transport transport,
        int partBytes,
        int thresholdBytes,
        int uploadConcurrency,
        int downloadConcurrency,
        Duration staleUploadsAfter,
        int maxAttempts,
        MetadataStore.Way metadataStore,
        String defaultContentType,
        boolean listsFolders,
        boolean versioningExpected) {

    /** S3 takes at most so many parts. */
    static final int MAX_PARTS = 10_000;

    /** Bodies are signed and sent where they lie. */
    static final int WHOLE_WRITE_COPIES = 0;

    /** Largest object of S3. */
    static final long MAX_OBJECT_BYTES = 5L << 40;

    /** Static credentials. */
    record Keys(Secret access, Secret secret) {}

    /** Largest document that fits into the parts. */
    long maxDocumentBytes() {
        return Math.min(MAX_OBJECT_BYTES, (long) partBytes * MAX_PARTS);
    }

    /** The servers it talks to. What is wrong with a URL is found where the settings are read. */
    List<StoreEndpoint> endpoints() {
        List<StoreEndpoint> endpoints = new ArrayList<>();
        URI bucketAt = pathStyle || endpoint.getHost() == null ? endpoint : ofTheBucket();
        if (endpoint.getHost() != null) {
            endpoints.add(connectedTo("endpoint", bucketAt));
        }
        role.map(Role::sts)
                .filter(sts -> sts.getHost() != null && !sts.equals(bucketAt))
                .ifPresent(sts -> endpoints.add(connectedTo("sts_endpoint", sts)));
        return endpoints;
    }

    private StoreEndpoint connectedTo(String setting, URI url) {
        return new StoreEndpoint(
                setting,
                url,
                open -> Authorities.handshake(transport, url.getHost().replaceAll("[\\[\\]]", ""), open));
    }

    /** The SDK puts the bucket before a name, never before an address. */
    private URI ofTheBucket() {
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        boolean address = endpoint.getHost().matches("[0-9.]+|\\[.*");
        return address || !bucket.matches("[a-z0-9.-]+")
                ? endpoint
                : URI.create(endpoint.getScheme() + "://" + bucket + "." + endpoint.getHost() + port);
    }

    /** How much longer than a document's key the key of what is kept beside it can be. */
    int besideBytes() {
        return metadataStore == MetadataStore.Way.MANIFEST ? ManifestName.LONGER : 0;
    }

    /** Of one document that is read: the ranges in flight, or what the HTTP client has taken from the network. */
    long readAheadBytes() {
        return (long) downloadConcurrency * RangedBody.RANGE;
    }

    /** The part being filled, and those in flight. */
    long streamBufferBytes() {
        return (uploadConcurrency + 1L) * partBytes;
    }
}
