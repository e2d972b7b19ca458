package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.state.JobStatus;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code allowedActions} says is what the routes do, for every standing of a job and every action: what is allowed is done, what
 * holds already is 200 or 202 and changes nothing, and everything else is a 409 that names the same actions.
 */
@QuarkusTest
class ActionTableTest extends ApiTest {

    private static final List<String> ACTIONS = List.of("start", "pause", "resume", "cancel", "retry", "clone");

    /** Where the action leads to what is, or is on its way. */
    private static final Set<String> HOLDS = Set.of(
            "running/-/start",
            "running/-/resume",
            "running/-/retry",
            "running/pause/start",
            "running/pause/pause",
            "running/pause/retry",
            "running/cancel/start",
            "running/cancel/cancel",
            "running/fail/start",
            "paused/-/pause",
            "cancelled/-/cancel");

    static Stream<Arguments> everyStandingAndAction() {
        Stream<String> standings = Stream.of(
                "pending/-/0",
                "running/-/1",
                "running/pause/1",
                "running/cancel/1",
                "running/fail/1",
                "paused/-/1",
                "completed/-/0",
                "completed/-/1",
                "failed/-/0",
                "failed/-/1",
                "cancelled/-/1");
        return standings.flatMap(standing -> ACTIONS.stream().map(action -> Arguments.of(standing, action)));
    }

    @ParameterizedTest
    @MethodSource("everyStandingAndAction")
    void theTableIsTheTruth(String standing, String action) {
        // Given
        String[] parts = standing.split("/");
        long id = jobThatStands(JobStatus.of(parts[0]), parts[1], Integer.parseInt(parts[2]));
        JsonPath before = admin().get(JOBS + "/{id}", id).jsonPath();
        List<String> allowed = before.getList("allowedActions");

        // When
        Response answer = admin().post(JOBS + "/{id}/{action}", id, action);

        // Then
        JsonPath after = admin().get(JOBS + "/{id}", id).jsonPath();
        if (allowed.contains(action)) {
            assertThat(answer.statusCode()).isEqualTo(action.equals("clone") ? 201 : 202);
            assertThat(admin().post(JOBS + "/{id}/{action}", id, action).statusCode())
                    .as("asked for again")
                    .isIn(200, 201, 202);
        } else if (HOLDS.contains(parts[0] + "/" + parts[1] + "/" + action)) {
            assertThat(answer.statusCode()).isEqualTo(parts[1].equals("-") ? 200 : 202);
            assertThat(standing(after)).isEqualTo(standing(before));
        } else {
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.jsonPath().getString("code")).isEqualTo("JOB_STATE_CONFLICT");
            assertThat(answer.jsonPath().getString("currentStatus")).isEqualTo(parts[0]);
            assertThat(answer.jsonPath().<String>getList("allowedActions")).isEqualTo(allowed);
            assertThat(standing(after)).isEqualTo(standing(before));
        }
        end(id);
    }

    private static String standing(JsonPath job) {
        return String.join(
                "/",
                job.getString("status"),
                job.getString("pendingAction"),
                job.getString("outcome"),
                job.getString("statusReason"),
                job.getString("startedAt"),
                job.getString("completedAt"));
    }

    /** One document may have failed; if the job is not over, another is with a worker that does not answer, and the plan goes on. */
    private long jobThatStands(JobStatus status, String pending, int failed) {
        long id = createJob("standing");
        boolean running = status == JobStatus.RUNNING;
        item(id, failed, "failed");
        item(id, running ? 1 : 0, "in_progress");
        // Another replica plans it, so that nothing happens to it but what this test asks for.
        sql(
                "UPDATE migration_job_progress SET scanned = ?, failed = ?, in_progress = ?,"
                        + " planning_lease_until = now() + interval '1 hour' WHERE job_id = ?",
                failed + (running ? 1 : 0),
                failed,
                running ? 1 : 0,
                id);
        sql(
                "UPDATE migration_jobs SET status = ?, pending_action = nullif(?, '-'),"
                        + " started_at = CASE WHEN ? THEN now() END, paused_at = CASE WHEN ? THEN now() END,"
                        + " completed_at = CASE WHEN ? THEN now() END, outcome = CASE WHEN ? THEN ? END WHERE id = ?",
                status.word(),
                pending,
                status != JobStatus.PENDING,
                status == JobStatus.PAUSED,
                status.terminal(),
                status.terminal(),
                outcome(status, failed),
                id);
        return id;
    }

    private static String outcome(JobStatus status, int failed) {
        return switch (status) {
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case PENDING, RUNNING, PAUSED, COMPLETED -> failed == 0 ? "success" : "partial";
        };
    }

    private void item(long job, int count, String status) {
        for (int i = 0; i < count; i++) {
            sql(
                    "INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, completed_at, lease_until)"
                            + " VALUES (?, ?, ?, CASE WHEN ? THEN 'TIMEOUT' END, CASE WHEN ? THEN now() END,"
                            + " CASE WHEN ? THEN now() + interval '1 hour' END)",
                    job,
                    status + i,
                    status,
                    status.equals("failed"),
                    status.equals("failed"),
                    status.equals("in_progress"));
        }
    }

    private void end(long id) {
        sql("DELETE FROM migration_outbox WHERE migration_job_id = ?", id);
        sql("DELETE FROM migration_items WHERE migration_job_id = ?", id);
        sql("DELETE FROM migration_jobs WHERE id = ?", id);
    }
}
