package io.hermes.storage.s3;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

/**
 * An S3 server that somebody else runs.
 *
 * @param url base URL
 * @param region region to sign for
 * @param accessKey may create and delete buckets
 * @param secretKey its secret
 * @param checksums {@code when_supported} or {@code when_required}
 */
record S3Endpoint(String url, String region, String accessKey, String secretKey, String checksums) {

    private static final String VARIABLES = "HERMES_TEST_S3_";

    /** The server that {@code HERMES_TEST_S3_ENDPOINT} names, if it does; then both keys must be there too. */
    static Optional<S3Endpoint> named(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLES + "ENDPOINT"))
                .filter(url -> !url.isBlank())
                .map(url -> new S3Endpoint(
                        url,
                        environment.getOrDefault(VARIABLES + "REGION", "us-east-1"),
                        required(environment, VARIABLES + "ACCESS_KEY"),
                        required(environment, VARIABLES + "SECRET_KEY"),
                        environment.getOrDefault(VARIABLES + "CHECKSUMS", "when_required")));
    }

    private static String required(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing beside " + VARIABLES + "ENDPOINT"));
    }

    S3StoreSettings settings(String bucket) {
        return S3StoreSettings.at(url, region, bucket, accessKey, secretKey).with("checksums", checksums);
    }

    /** A client that goes past the code under test. The caller closes it. */
    S3AsyncClient client() {
        return S3AsyncClient.builder()
                .endpointOverride(URI.create(url))
                .region(Region.of(region))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }

    void createBucket(String bucket) {
        try (S3AsyncClient client = client()) {
            client.createBucket(create -> create.bucket(bucket)).join();
        }
    }

    /** Creates a bucket that keeps versions, with object lock where the server knows that. */
    void createVersionedBucket(String bucket) {
        try (S3AsyncClient client = client()) {
            client.createBucket(create -> create.bucket(bucket).objectLockEnabledForBucket(true))
                    .join();
            client.putBucketVersioning(put -> put.bucket(bucket)
                            .versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)))
                    .join();
        }
    }

    /** Removes a bucket and all that tests left in it: earlier versions too, and those that are to be kept for ever. */
    void removeBucket(String bucket) {
        try (S3AsyncClient client = client()) {
            while (removePage(client, bucket) > 0) {
                // The next page is the first of what is left.
            }
            client.deleteBucket(delete -> delete.bucket(bucket)).join();
        }
    }

    private static int removePage(S3AsyncClient client, String bucket) {
        ListObjectVersionsResponse page = client.listObjectVersions(
                        list -> list.bucket(bucket).encodingType(EncodingType.URL))
                .join();
        // One by one: many at once make the SDK trip over its own connections on Ceph ("Duplicate handler name").
        page.versions().forEach(version -> remove(client, bucket, version.key(), version.versionId()));
        page.deleteMarkers().forEach(marker -> remove(client, bucket, marker.key(), marker.versionId()));
        return page.versions().size() + page.deleteMarkers().size();
    }

    private static void remove(S3AsyncClient client, String bucket, String key, String version) {
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(key).versionId(version))
                    .join();
        } catch (CompletionException held) {
            client.putObjectLegalHold(put -> put.bucket(bucket)
                            .key(key)
                            .versionId(version)
                            .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.OFF)))
                    .join();
            client.deleteObject(delete -> delete.bucket(bucket).key(key).versionId(version))
                    .join();
        }
    }
}
