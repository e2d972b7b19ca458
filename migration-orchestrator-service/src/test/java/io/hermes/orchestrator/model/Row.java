package io.hermes.orchestrator.model;

import jakarta.annotation.Nullable;

/** A document as it stands in the database, or should. */
record Row(
        int number,
        String status,
        int epoch,
        int attempts,
        int deliveries,
        String lease,
        boolean noted,
        long bytes,
        @Nullable String code) {

    static Row of(Document document) {
        return new Row(
                document.number,
                document.at.name(),
                document.epoch,
                document.attempts,
                document.deliveries,
                document.lease.name(),
                document.noted.isPresent(),
                document.bytes,
                document.at == Document.At.FAILED ? document.code.orElseThrow() : null);
    }
}
