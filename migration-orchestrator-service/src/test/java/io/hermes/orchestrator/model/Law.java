package io.hermes.orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

/**
 * What holds whatever the model says (RELIABILITY §2: I8, I9, I11, I14), looked at in the database alone, before and after a command: a model
 * that is wrong in the same way as the code would not see it.
 */
final class Law {

    private static final Set<String> CLOSED = Set.of("COMPLETED", "FAILED", "SKIPPED");

    private Law() {}

    static void check(Command command, Snapshot before, Snapshot after) {
        booksAgree(after);
        for (int i = 0; i < before.rows().size(); i++) {
            document(command, before.rows().get(i), after.rows().get(i));
        }
        if (before.job().startsWith("CANCELLED")) {
            assertThat(after.job()).as("a cancelled job after %s", command).isEqualTo(before.job());
        }
        if (after.job().startsWith("CANCELLED") || after.job().startsWith("PAUSED")) {
            assertThat(after.books().inFlight())
                    .as("in flight after %s", command)
                    .isZero();
            assertThat(after.outbox()).as("unsent after %s", command).isEmpty();
        }
        if (after.job().equals("RUNNING") && after.planning().startsWith("done")) {
            assertThat(after.books().open()).as("open after %s", command).isPositive();
        }
    }

    private static void booksAgree(Snapshot snapshot) {
        Books books = snapshot.books();
        assertThat(books.open() + books.migrated() + books.failed() + books.skipped())
                .isEqualTo(books.scanned())
                .isEqualTo(snapshot.rows().size());
        assertThat(snapshot.rows().stream()
                        .filter(row -> row.status().equals("COMPLETED"))
                        .count())
                .isEqualTo(books.migrated());
        assertThat(snapshot.rows().stream().mapToLong(Row::bytes).sum()).isEqualTo(books.scannedBytes());
    }

    private static void document(Command command, Row before, Row after) {
        assertThat(after.epoch()).as("epoch after %s", command).isBetween(before.epoch(), before.epoch() + 1);
        if (CLOSED.contains(before.status()) && !after.status().equals(before.status())) {
            boolean retried = command instanceof Command.RetryAll
                    || command instanceof Command.RetryCode
                    || command instanceof Command.RetryOne;
            boolean skipped = command instanceof Command.Skip
                    || command instanceof Command.Meanwhile(Command.Arrives arrives, Command.Skip skip);
            assertThat(before.status()).as("what %s changed", command).isEqualTo("FAILED");
            assertThat(after.status()).as("what %s made of it", command).isEqualTo(skipped ? "SKIPPED" : "PENDING");
            assertThat(retried || skipped)
                    .as("%s opens a closed document", command)
                    .isTrue();
        }
    }
}
