package io.hermes.worker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Released;
import io.hermes.contract.event.Started;
import io.hermes.contract.task.TaskRef;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportsTest {

    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final UUID JOB = UUID.randomUUID();

    private final List<List<MigrationEvent>> records = new CopyOnWriteArrayList<>();
    private final CoarseTimer timer = new CoarseTimer();
    private final Reports reports = reports(FOR_EVER);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void anIdleWorkerTellsAtOnceAndABusyOneFillsTheNextRecord() {
        tell(outcome(1));
        tell(outcome(2));
        tell(outcome(3));

        assertThat(records).containsExactly(List.of(outcome(1)));
    }

    @Test
    void whoKeepsASlotIsNotKeptWaiting() {
        // Given
        tell(outcome(1));
        tell(outcome(2));

        // When
        Started started = new Started(ref(3), "what stands there");
        var unused = reports.tellAtOnce(started).subscribeAsCompletionStage();

        // Then
        await().untilAsserted(
                        () -> assertThat(records).containsExactly(List.of(outcome(1)), List.of(outcome(2), started)));
    }

    @Test
    void whoLeavesTellsWhatIsLeft() {
        // Given
        tell(outcome(1));
        tell(outcome(2));

        // When
        Heartbeat farewell = new Heartbeat(8, 0, 0, true, List.of(), null, null);
        var unused = reports.tell(farewell).subscribeAsCompletionStage();

        // Then
        await().untilAsserted(
                        () -> assertThat(records).containsExactly(List.of(outcome(1)), List.of(outcome(2), farewell)));
    }

    @Test
    void whatWaitsIsToldWhenTheIntervalIsOver() {
        assertAllToldEvery(Duration.ofMillis(20));
    }

    @Test
    void noTimerIsAskedForLessThanAMillisecond() {
        assertAllToldEvery(Duration.ofNanos(500_000));
    }

    private void assertAllToldEvery(Duration interval) {
        Reports quick = reports(interval);

        List<Uni<Void>> told = List.of(quick.tell(outcome(1)), quick.tell(outcome(2)), quick.tell(outcome(3)));

        Uni.join().all(told).andFailFast().await().atMost(Duration.ofSeconds(30));
        assertThat(records.stream().flatMap(List::stream)).containsExactly(outcome(1), outcome(2), outcome(3));
    }

    private Reports reports(Duration interval) {
        return new Reports(
                record -> {
                    records.add(record);
                    return Uni.createFrom().voidItem();
                },
                FOR_EVER,
                interval,
                timer);
    }

    /** Refuses what Quarkus' timer refuses. */
    private static final class CoarseTimer extends ScheduledThreadPoolExecutor {

        CoarseTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            if (delay > 0 && unit.toMillis(delay) < 1) {
                throw new IllegalArgumentException("Cannot schedule a timer with delay < 1 ms");
            }
            return super.schedule(command, delay, unit);
        }
    }

    private void tell(Released outcome) {
        var unused = reports.tell(outcome).subscribeAsCompletionStage();
    }

    private static Released outcome(long item) {
        return new Released(ref(item), 1, 1);
    }

    private static TaskRef ref(long item) {
        return new TaskRef(JOB, 1, item, 1);
    }
}
