package io.hermes.orchestrator.item;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A lease is as long as it is said to be from the moment in which it is given, also where the transaction that gives it has waited for the
 * job: one that began a minute ago would give a lease of a minute that is over.
 */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class LeaseTest extends EngineTest {

    @Inject
    ItemRows rows;

    @Inject
    ReadyItems ready;

    @Inject
    LapsedItems lapsed;

    private long job;
    private long item;

    @BeforeEach
    void oneDocument() {
        job = plannedJob(1, "");
        item = number("SELECT id FROM migration_items WHERE migration_job_id = ?", job);
    }

    @Test
    void ofADispatchedDocument() {
        hasAnHourFrom(inOlderTransaction(tx -> ready.pick(tx, job, 1).chain(picked -> ready.queue(tx, picked))));
    }

    @Test
    void ofAStartedDocument() {
        hasAnHourFrom(inOlderTransaction(tx -> changed(
                tx,
                held -> new ItemChange(
                        held.at(Standing.COPYING), null, ItemChange.Lease.RENEWED, null, "worker", null, null))));
    }

    @Test
    void ofADocumentThatAWorkerSaysItHolds() {
        standing("status = 'in_progress', epoch = 1, lease_until = now()");

        hasAnHourFrom(inOlderTransaction(tx -> rows.renew(tx, Map.of(item, 1))));
    }

    @Test
    void ofATaskThatStillWaits() {
        standing("reason = 'queued', epoch = 1, lease_until = now() - interval '1 second'");

        hasAnHourFrom(
                inOlderTransaction(tx -> lapsed.lock(tx, job).chain(found -> lapsed.renewQueueLease(tx, found, null))));
    }

    @Test
    void andAWaitIsNoShorter() {
        ItemChange.Trouble trouble = new ItemChange.Trouble("TIMEOUT", "slow", true);

        String from = inOlderTransaction(tx -> changed(
                tx,
                held -> new ItemChange(
                        held.at(Standing.RETRY), "retry", ItemChange.Lease.ENDED, 3_600_000L, null, null, trouble)));

        hasAnHour("next_attempt_at", from);
    }

    private Uni<Void> changed(SqlConnection tx, Function<Item, ItemChange> change) {
        return rows.lock(tx, List.of(item), List.of(job))
                .chain(found -> rows.apply(tx, List.of(change.apply(found.get(item)))));
    }

    private void standing(String how) {
        update("UPDATE migration_items SET " + how + " WHERE id = ?", item);
    }

    private void hasAnHourFrom(String from) {
        hasAnHour("lease_until", from);
    }

    private void hasAnHour(String column, String from) {
        assertAnHourBehind(from, "SELECT " + column + " FROM migration_items WHERE id = ?", item);
    }
}
