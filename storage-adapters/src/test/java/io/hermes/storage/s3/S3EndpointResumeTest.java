package io.hermes.storage.s3;

import static org.junit.jupiter.api.Assumptions.abort;

/** On the server that {@code HERMES_TEST_S3_ENDPOINT} names; see {@link S3EndpointContractTest}. */
class S3EndpointResumeTest extends AbstractResume {

    @Override
    S3Endpoint endpoint() {
        return S3Endpoint.named(System.getenv())
                .orElseGet(() -> abort("HERMES_TEST_S3_ENDPOINT names no S3 server to resume uploads on"));
    }
}
