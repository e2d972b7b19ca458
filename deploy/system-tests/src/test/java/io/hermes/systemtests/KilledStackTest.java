package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.stack.LocalStack;
import io.hermes.stack.StackDescription;
import io.hermes.stack.StackFailure;
import io.hermes.stack.demo.DemoFailure;
import io.hermes.stack.demo.MigrationJob;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.proof.BucketReader;
import io.hermes.stack.proof.SourceFolder;
import io.hermes.stack.proof.Verification;
import io.hermes.systemtests.Ledger.Balance;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The promise of the suite in one test: whatever is killed, every document arrives once, equal, and the books are right. */
class KilledStackTest {

    private static final Duration JOB_LIMIT = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(25);
    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");
    private static final int FEWEST_LOOKS = 10;

    private final Path home = Path.of("target", "system").toAbsolutePath();
    private final RunningStack stack = new RunningStack(new StackDirectory(home.resolve("stack")));
    private final List<Long> everSeen = new ArrayList<>();

    /** @param migrated how many documents must have arrived before the blow */
    private record Blow(long migrated, Victim victim) {}

    private static final List<Blow> BLOWS = List.of(
            new Blow(50, Victim.FIRST_WORKER),
            new Blow(170, Victim.ORCHESTRATOR),
            new Blow(290, Victim.POSTGRES),
            new Blow(410, Victim.SECOND_WORKER));

    @Test
    @Timeout(300)
    void migratesEveryDocumentWhileItsServersAreKilled()
            throws IOException, InterruptedException, SQLException, StackFailure, DemoFailure {
        StackDirectory.deleteTree(home);
        SourceFolder source = Documents.write(home.resolve("documents"));
        try (LocalStack owned = LocalStack.start(stack.directory(), 2, System.out::println)) {
            migrate(source, owned.description());
        }
        assertThat(everSeen)
                .as("processes left")
                .isNotEmpty()
                .noneMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    }

    private void migrate(SourceFolder source, StackDescription start)
            throws IOException, InterruptedException, SQLException, DemoFailure {
        CopyJob job = CopyJob.start(start, source.root());
        Ledger ledger = new Ledger(start.postgres(), job.id());
        try (Auditor auditor = new Auditor(ledger)) {
            for (Blow blow : BLOWS) {
                strike(blow, ledger);
            }
            long outlived = jobLimit()
                    .until(ledger::balance, KilledStackTest::isOver)
                    .counters()
                    .migrated();
            assertThat(outlived).isEqualTo(Documents.COUNT);
            assertThat(auditor.faults()).as("what the auditor saw").isEmpty();
            assertThat(auditor.looks()).as("moments judged").isGreaterThanOrEqualTo(FEWEST_LOOKS);
        }
        RunningStack.pids(stack.description()).forEach(everSeen::add);
        assertSuccess(job);
        assertBooks(ledger);
        assertObjects(source, start);
    }

    /** A blow after the job's end would prove nothing. */
    private void strike(Blow blow, Ledger ledger) throws IOException {
        Balance before = jobLimit()
                .until(ledger::balance, now -> isOver(now) || now.counters().migrated() >= blow.migrated());
        assertThat(isOver(before)).as("too late to kill %s: %s", blow, before).isFalse();
        System.out.println("killing " + blow.victim() + " at " + before.counters());
        RunningStack.pids(stack.description()).forEach(everSeen::add);
        stack.kill(blow.victim());
    }

    private static ConditionFactory jobLimit() {
        return await().atMost(JOB_LIMIT).pollInterval(POLL).ignoreExceptionsInstanceOf(SQLException.class);
    }

    private static boolean isOver(Balance balance) {
        return FINAL.contains(balance.status());
    }

    private static void assertSuccess(CopyJob copy) throws IOException, InterruptedException {
        JsonNode job = copy.job();
        assertThat(job.path("status").asText()).as("%s", job).isEqualTo("completed");
        assertThat(job.path("outcome").asText()).as("%s", job).isEqualTo("success");
        JsonNode progress = copy.progress();
        assertThat(progress.path("migrated").asLong(-1)).as("%s", progress).isEqualTo(Documents.COUNT);
        assertThat(progress.path("failed").asLong(-1)).as("%s", progress).isZero();
        assertThat(progress.path("skipped").asLong(-1)).as("%s", progress).isZero();
    }

    private static void assertBooks(Ledger ledger) throws SQLException {
        Counts expected = new Counts(Documents.COUNT, 0, 0, Documents.COUNT, 0, 0);
        assertThat(ledger.balance()).isEqualTo(new Balance("completed", expected, expected));
        assertThat(ledger.proven()).as("items with equal hashes").isEqualTo(Documents.COUNT);
        assertThat(ledger.attempts()).as("attempts charged to documents").isZero();
        assertThat(ledger.unsent()).as("rows in the outbox").isZero();
    }

    private static void assertObjects(SourceFolder source, StackDescription stack) throws IOException {
        BucketReader bucket = new BucketReader(stack.s3(), MigrationJob.BUCKET);
        Verification result = Verification.of(source, bucket, MigrationJob.PREFIX + "/");
        assertThat(result.faults()).isEmpty();
        assertThat(result.equal()).isEqualTo(result.documents()).isEqualTo(Documents.COUNT);
    }
}
