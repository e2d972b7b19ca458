package io.hermes.orchestrator.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watching a job through real connections. */
@QuarkusTest
class EventApiTest extends ApiTest {

    @TestHTTPResource
    URI base;

    @Inject
    MeterRegistry meters;

    @Inject
    Event<ShutdownDelayInitiatedEvent> ending;

    private final List<EventStream> streams = new ArrayList<>();

    @AfterEach
    void nobodyListens() {
        streams.forEach(EventStream::close);
        patiently().untilAsserted(() -> assertThat(listeners()).isZero());
    }

    @Test
    void theFirstEventIsHowItStandsAndTheNextWhatChanges() {
        // Given
        long job = runningJob(5);

        // When
        EventStream stream = open(job, null);

        // Then
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
        assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
        EventStream.Received first = awaitEvents(stream, 1).getFirst();
        assertThat(first.name()).isEqualTo("progress");
        assertThat(first.id()).isEqualTo(Long.toString(sequence(job)));
        assertThat(first.data().getLong("jobId")).isEqualTo(job);
        assertThat(first.data().getLong("migrated")).isEqualTo(5);

        migrateOne(job);

        EventStream.Received second = awaitEvents(stream, 2).get(1);
        assertThat(second.name()).isEqualTo("progress");
        assertThat(second.data().getLong("migrated")).isEqualTo(6);
        assertThat(Long.parseLong(second.id())).isGreaterThan(Long.parseLong(first.id()));
    }

    @Test
    void anotherStatusIsToldAndTheEndEndsTheStream() {
        // Given
        long job = runningJob(5);
        EventStream stream = open(job, null);
        awaitEvents(stream, 1);

        // When
        sql("UPDATE migration_jobs SET status = 'paused', paused_at = now(), updated_at = now() WHERE id = ?", job);

        // Then
        EventStream.Received paused = awaitEvents(stream, 2).get(1);
        assertThat(paused.name()).isEqualTo("status");
        assertThat(paused.data().getString("status")).isEqualTo("paused");

        end(job);

        patiently().untilAsserted(() -> assertThat(stream.ended()).isTrue());
        assertThat(stream.events()).hasSize(3);
        assertThat(stream.events().get(2).name()).isEqualTo("end");
        assertThat(stream.events().get(2).data().getString("outcome")).isEqualTo("cancelled");
    }

    /** Otherwise the process waits for them for as long as it waits for any request. */
    @Test
    void whoeverListensIsLetGoWhenTheProcessIsAboutToEnd() {
        // Given
        long job = runningJob(5);
        EventStream stream = open(job, null);
        String seen = awaitEvents(stream, 1).getFirst().id();

        // When
        ending.fire(new ShutdownDelayInitiatedEvent());

        // Then
        patiently().untilAsserted(() -> assertThat(stream.ended()).isTrue());
        assertThat(stream.events()).hasSize(1);
        EventStream elsewhere = open(job, seen);
        migrateOne(job);
        assertThat(awaitEvents(elsewhere, 1).getFirst().data().getLong("migrated"))
                .isEqualTo(6);
    }

    @Test
    void whoComesBackHearsWhatFollows() {
        // Given
        long job = runningJob(5);
        EventStream before = open(job, null);
        String seen = awaitEvents(before, 1).getFirst().id();
        before.close();

        // When
        EventStream unchanged = open(job, seen);

        // Then
        patiently().untilAsserted(() -> assertThat(unchanged.comments()).isNotEmpty());
        assertThat(unchanged.events()).isEmpty();
        migrateOne(job);
        assertThat(awaitEvents(unchanged, 1).getFirst().data().getLong("migrated"))
                .isEqualTo(6);
        EventStream late = open(job, seen);
        assertThat(awaitEvents(late, 1).getFirst().data().getLong("migrated")).isEqualTo(6);
    }

    @Test
    void aJobThatHasEndedIsToldOnce() {
        // Given
        long job = runningJob(5);
        end(job);

        // When
        EventStream stream = open(job, null);

        // Then
        patiently().untilAsserted(() -> assertThat(stream.ended()).isTrue());
        assertThat(stream.events())
                .singleElement()
                .satisfies(event -> assertThat(event.name()).isEqualTo("end"));
        EventStream again = open(job, stream.events().getFirst().id());
        assertThat(again.status()).isEqualTo(204);
    }

    @Test
    void twoListenersShareOneLookAndTheLastOneEndsIt() {
        // Given
        long job = runningJob(5);
        EventStream one = open(job, null);
        EventStream other = open(job, null);
        awaitEvents(one, 1);
        awaitEvents(other, 1);
        patiently().untilAsserted(() -> assertThat(listeners()).isEqualTo(2));
        assertThat(watchedJobs()).isEqualTo(1);

        // When
        one.close();

        // Then
        patiently().untilAsserted(() -> assertThat(listeners()).isEqualTo(1));
        migrateOne(job);
        assertThat(awaitEvents(other, 2).get(1).data().getLong("migrated")).isEqualTo(6);
        other.close();
        patiently().untilAsserted(() -> assertThat(watchedJobs()).isZero());
    }

    @Test
    void silenceIsBrokenBySignsOfLife() {
        EventStream stream = open(runningJob(5), null);

        patiently().untilAsserted(() -> assertThat(stream.comments()).hasSizeGreaterThan(1));

        assertThat(stream.events()).hasSize(1);
    }

    /** The bound grows with the time that the changes take, so that a slow machine breaks nothing. */
    @Test
    void aListenerIsToldAtMostTwiceASecond() {
        // Given
        long job = runningJob(5);
        EventStream stream = open(job, null);
        awaitEvents(stream, 1);
        long began = System.nanoTime();

        // When
        for (int change = 0; change < 400; change++) {
            sql("UPDATE migration_job_progress SET sequence = sequence + 1 WHERE job_id = ?", job);
        }
        String last = Long.toString(sequence(job));
        patiently()
                .untilAsserted(() -> assertThat(stream.events().getLast().id()).isEqualTo(last));

        // Then
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(stream.events().size()).isLessThanOrEqualTo((int) (seconds / 0.45) + 2);
    }

    @Test
    void whatCannotBeWatchedIsAProblemAndNoStream() {
        long job = runningJob(5);

        admin().header("Last-Event-ID", "yesterday")
                .get(JOBS + "/{id}/events", job)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", is("VALIDATION_FAILED"))
                .body("violations[0].field", is("Last-Event-ID"))
                .body("violations[0].in", is("header"));
        admin().get(JOBS + "/987654321/events").then().statusCode(404).body("code", is("JOB_NOT_FOUND"));
        admin().get(JOBS + "/{id}/events?since=3", job)
                .then()
                .statusCode(400)
                .body("code", is("UNKNOWN_QUERY_PARAMETER"));
        given().get(JOBS + "/{id}/events", job).then().statusCode(401).body("code", is("UNAUTHENTICATED"));
        given().auth()
                .oauth2(TestTokens.SERVICE)
                .get(JOBS + "/{id}/events", job)
                .then()
                .statusCode(403);
    }

    @Test
    void thereIsRoomForSoManyListenersOnly() {
        // Given
        long crowded = runningJob(5);
        long other = runningJob(5);
        for (int i = 0; i < QuickEvents.PER_JOB; i++) {
            awaitEvents(open(crowded, null), 1);
        }

        // Then
        admin().get(JOBS + "/{id}/events", crowded)
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("code", is("TOO_MANY_LISTENERS"));
        for (int i = QuickEvents.PER_JOB; i < QuickEvents.PER_REPLICA; i++) {
            awaitEvents(open(other, null), 1);
        }
        admin().get(JOBS + "/{id}/events", other)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", is("LISTENERS_EXHAUSTED"));
    }

    private EventStream open(long job, String lastEventId) {
        EventStream stream = new EventStream(base.resolve(JOBS + "/" + job + "/events"), lastEventId);
        streams.add(stream);
        return stream;
    }

    private static List<EventStream.Received> awaitEvents(EventStream stream, int count) {
        patiently().untilAsserted(() -> assertThat(stream.events()).hasSizeGreaterThanOrEqualTo(count));
        return stream.events();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private double listeners() {
        return meters.get("hermes.migration.watch.listeners").gauge().value();
    }

    private double watchedJobs() {
        return meters.get("hermes.migration.watch.jobs").gauge().value();
    }

    private long sequence(long job) {
        return number("SELECT sequence FROM migration_job_progress WHERE job_id = ?", job);
    }

    private void migrateOne(long job) {
        sql(
                "UPDATE migration_job_progress SET waiting = waiting - 1, migrated = migrated + 1, sequence = sequence + 1"
                        + " WHERE job_id = ?",
                job);
    }

    private void end(long job) {
        sql(
                "UPDATE migration_jobs SET status = 'cancelled', outcome = 'cancelled', completed_at = now(), claims_released_at = now(),"
                        + " updated_at = now() WHERE id = ?",
                job);
        sql("UPDATE migration_job_progress SET sequence = sequence + 1 WHERE job_id = ?", job);
    }

    /** A job of ten documents that nobody works on. */
    private long runningJob(long migrated) {
        long id = createJob("events");
        sql(
                "UPDATE migration_jobs SET status = 'running', started_at = now() - interval '100 seconds' WHERE id = ?",
                id);
        sql(
                "UPDATE migration_job_progress SET phase = 'transferring', planning_done = TRUE, scanned = 10, waiting = ?, migrated = ?,"
                        + " last_progress_at = now() WHERE job_id = ?",
                10 - migrated,
                migrated,
                id);
        return id;
    }
}
