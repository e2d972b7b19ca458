package io.hermes.storage.s3;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;

/** When the SDK adds checksums of its own. Several S3 clones refuse requests that carry them. */
enum ChecksumMode {
    WHEN_SUPPORTED(RequestChecksumCalculation.WHEN_SUPPORTED, ResponseChecksumValidation.WHEN_SUPPORTED),
    WHEN_REQUIRED(RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation.WHEN_REQUIRED);

    final RequestChecksumCalculation requests;
    final ResponseChecksumValidation responses;

    ChecksumMode(RequestChecksumCalculation requests, ResponseChecksumValidation responses) {
        this.requests = requests;
        this.responses = responses;
    }
}
