package io.hermes.storage.s3;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.PutObjectLegalHoldResponse;

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

    /** Fewer than the SDK has connections: it trips over its own ("Duplicate handler name") where requests wait for one. */
    private static final int AT_ONCE = 16;

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

    /** A client that goes past the code under test, but for listings that no parser would read. The caller closes it. */
    S3AsyncClient client() {
        return S3AsyncClient.builder()
                .endpointOverride(URI.create(url))
                .region(Region.of(region))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .overrideConfiguration(with -> with.addExecutionInterceptor(new LegalXml()))
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

    private static long removePage(S3AsyncClient client, String bucket) {
        ListObjectVersionsResponse page = client.listObjectVersions(
                        list -> list.bucket(bucket).encodingType(EncodingType.URL))
                .join();
        Multi<Uni<?>> removals = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom()
                                .iterable(page.versions())
                                .map(version -> remove(client, bucket, version.key(), version.versionId())),
                        Multi.createFrom()
                                .iterable(page.deleteMarkers())
                                .map(marker -> remove(client, bucket, marker.key(), marker.versionId())));
        return removals.onItem()
                .transformToUni(removal -> removal)
                .merge(AT_ONCE)
                .collect()
                .with(Collectors.counting())
                .await()
                .atMost(Duration.ofMinutes(2));
    }

    private static Uni<DeleteObjectResponse> remove(S3AsyncClient client, String bucket, String key, String version) {
        Uni<DeleteObjectResponse> removal = Uni.createFrom()
                .completionStage(() -> client.deleteObject(
                        delete -> delete.bucket(bucket).key(key).versionId(version)));
        Uni<PutObjectLegalHoldResponse> release = Uni.createFrom()
                .completionStage(() -> client.putObjectLegalHold(put -> put.bucket(bucket)
                        .key(key)
                        .versionId(version)
                        .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.OFF))));
        return removal.onFailure().recoverWithUni(() -> release.chain(() -> removal));
    }
}
