package io.hermes.orchestrator.model;

import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/** The sums of a job, counted document by document. They add up at every instant. */
public record Books(
        long scanned,
        long waiting,
        long queued,
        long inProgress,
        long migrated,
        long failed,
        long skipped,
        long scannedBytes,
        long openBytes,
        long migratedBytes,
        long failedBytes,
        long skippedBytes) {

    private static final int ENOUGH = 1000;

    private static final Set<Document.At> WAITING =
            Set.of(Document.At.PENDING, Document.At.PENDING_RETRY, Document.At.PENDING_DEFERRED);

    static Books of(Collection<Document> documents) {
        return new Books(
                documents.size(),
                count(documents, at -> WAITING.contains(at)),
                count(documents, at -> at == Document.At.PENDING_QUEUED),
                count(documents, at -> at == Document.At.IN_PROGRESS),
                count(documents, at -> at == Document.At.COMPLETED),
                count(documents, at -> at == Document.At.FAILED),
                count(documents, at -> at == Document.At.SKIPPED),
                bytes(documents, at -> true),
                bytes(documents, at -> !at.closed()),
                bytes(documents, at -> at == Document.At.COMPLETED),
                bytes(documents, at -> at == Document.At.FAILED),
                bytes(documents, at -> at == Document.At.SKIPPED));
    }

    long inFlight() {
        return queued + inProgress;
    }

    long open() {
        return waiting + inFlight();
    }

    /** Whether more have failed than a job bears: a share is one of all documents, and means something once they are known or many. */
    boolean exceed(String limit, boolean planned) {
        if (!limit.endsWith("%")) {
            return failed > Long.parseLong(limit);
        }
        double share = Double.parseDouble(limit.substring(0, limit.length() - 1)) / 100;
        return (planned || scanned >= ENOUGH) && failed > share * scanned;
    }

    String outcome() {
        return failed == 0 ? "SUCCESS" : failed == scanned ? "FAILED" : "PARTIAL";
    }

    private static long count(Collection<Document> documents, Predicate<Document.At> which) {
        return documents.stream().filter(document -> which.test(document.at)).count();
    }

    private static long bytes(Collection<Document> documents, Predicate<Document.At> which) {
        return documents.stream()
                .filter(document -> which.test(document.at))
                .mapToLong(document -> document.bytes)
                .sum();
    }
}
