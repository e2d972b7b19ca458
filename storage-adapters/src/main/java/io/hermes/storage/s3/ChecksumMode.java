package io.hermes.storage.s3;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** When the SDK adds checksums of its own. Several S3 clones refuse requests that carry them. */
enum ChecksumMode {
    WHEN_SUPPORTED(
            RequestChecksumCalculation.WHEN_SUPPORTED,
            ResponseChecksumValidation.WHEN_SUPPORTED,
            ChecksumAlgorithm.SHA256),
    WHEN_REQUIRED(RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation.WHEN_REQUIRED, null);

    final RequestChecksumCalculation requests;
    final ResponseChecksumValidation responses;

    /** What the store is asked to keep of every part of an upload; null for nothing, as the SDK's requests want it. */
    final ChecksumAlgorithm parts;

    ChecksumMode(RequestChecksumCalculation requests, ResponseChecksumValidation responses, ChecksumAlgorithm parts) {
        this.requests = requests;
        this.responses = responses;
        this.parts = parts;
    }
}
