package io.hermes.orchestrator.model;

import java.util.List;
import java.util.Optional;
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

    /** As it should stand. */
    static Snapshot of(Model job) {
        String ended = job.status.ended() ? " " + job.outcome.orElseThrow() + " " + job.reason.orElse("-") : "";
        String failing = job.wish.equals(Optional.of(Model.Wish.FAIL)) ? " " + job.reason.orElseThrow() : "";
        return new Snapshot(
                job.status + job.wish.map(action -> " to " + action).orElse("") + failing + ended,
                job.listing.toString(),
                job.books(),
                job.documents.stream().map(Row::of).toList(),
                job.holdsDue.entrySet().stream()
                        .map(hold -> hold.getKey() + (hold.getValue() ? " due" : ""))
                        .toList(),
                job.outbox.stream()
                        .map(row -> row.document() + "@" + row.epoch())
                        .toList(),
                job.ledger + " requests " + job.requests);
    }

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
