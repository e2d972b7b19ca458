package io.hermes.storage.s3;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The contract on any S3 server, for example one that is about to be bought. {@code HERMES_TEST_S3_ENDPOINT} names it, together with
 * {@code _REGION}, {@code _ACCESS_KEY}, {@code _SECRET_KEY} and {@code _CHECKSUMS} ({@code when_supported} or {@code when_required}).
 */
class S3EndpointContractTest extends AbstractEndpointContract {

    @Override
    S3Endpoint find() {
        return S3Endpoint.named(System.getenv())
                .orElseGet(() -> abort("HERMES_TEST_S3_ENDPOINT names no S3 server to run the contract on"));
    }
}
