package io.hermes.storage.s3;

/** The contract on the server that {@link S3EndpointContractTest} names, in a bucket that keeps versions. */
class S3EndpointVersionedContractTest extends S3EndpointContractTest {

    @Override
    void create(S3Endpoint found, String name) {
        found.createVersionedBucket(name);
    }
}
