package io.hermes.orchestrator.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A job as it stands in the database, or should.
 *
 * @param job status, pending action, outcome, and why it ended or is going to fail
 * @param planning whether it is done, its epoch and its lease
 * @param holds providers that are left alone, and whether one document may try again
 * @param outbox dispatches that are unsent, {@code document@epoch}, oldest first
 * @param ledger attempts that ended badly, by how
 */
record Snapshot(
        String job,
        String planning,
        Books books,
        List<Row> rows,
        List<String> holds,
        List<String> outbox,
        String ledger) {

    @Override
    public String toString() {
        return "job %s; planning %s%n    %s%n    holds %s; outbox %s; attempts %s%n%s"
                .formatted(
                        job,
                        planning,
                        books,
                        holds,
                        outbox,
                        ledger,
                        rows.stream().map(row -> "    " + row).collect(Collectors.joining(System.lineSeparator())));
    }
}
