package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process claimed for a job and did not live to write does not stay claimed. */
@QuarkusTest
class UnbornClaimsTest extends ApiTest {

    private static final Duration LONG = Duration.ofSeconds(120);

    private Timestamp begun;

    @BeforeEach
    void begin() {
        begun = new Timestamp(number("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"));
    }

    @Test
    void claimsOfAJobThatNeverWasAreGivenBackAndThoseOfOneOnItsWayAreNot() {
        // Given
        UUID dead = UUID.randomUUID();
        note(dead, "11 minutes");
        UUID onItsWay = UUID.randomUUID();
        note(onItsWay, "1 minute");

        // When
        await().atMost(LONG).until(() -> noted(dead) == 0);

        // Then
        assertThat(RegistryStandIn.claim(SOURCE.providerUuid(), dead))
                .isEqualTo("DELETE {\"documents\":0,\"bytes\":0}");
        assertThat(RegistryStandIn.claim(DESTINATION.providerUuid(), dead))
                .isEqualTo("DELETE {\"documents\":0,\"bytes\":0}");
        assertThat(noted(onItsWay)).isOne();
        assertThat(RegistryStandIn.claim(SOURCE.providerUuid(), onItsWay)).isEmpty();
        sql("DELETE FROM migration_unborn_claims WHERE job_uuid = ?", onItsWay);
    }

    @Test
    void theyAreNotedBeforeTheJobIsWrittenAndForgottenWithIt() throws SQLException {
        CompletableFuture<Response> answer = whileItWaitsToBeWritten("unborn", UnbornClaimsTest::nothing);

        assertThat(answer.join().statusCode()).isEqualTo(201);
        assertThat(noted(UUID.fromString(answer.join().jsonPath().getString("jobUuid"))))
                .isZero();
    }

    @Test
    void aJobWhoseClaimsWereGivenBackIsNotWrittenAnyMore() throws SQLException {
        CompletableFuture<Response> answer = whileItWaitsToBeWritten(
                "abandoned",
                () -> sql("UPDATE migration_unborn_claims SET abandoned = true WHERE noted_at >= ?", begun));

        assertThat(answer.join().statusCode()).isEqualTo(503);
        assertThat(answer.join().jsonPath().getString("code")).isEqualTo("CREATION_TOO_SLOW");
        assertThat(number("SELECT count(*) FROM migration_jobs WHERE job_name = 'abandoned'"))
                .isZero();
        sql("DELETE FROM migration_unborn_claims WHERE abandoned");
    }

    /** Something happens between the claims of a job and the job. */
    private CompletableFuture<Response> whileItWaitsToBeWritten(String name, Runnable meanwhile) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE migration_jobs IN SHARE MODE");
            CompletableFuture<Response> answer =
                    CompletableFuture.supplyAsync(() -> admin().body(body(name)).post(JOBS));
            await().atMost(LONG).until(() -> RegistryStandIn.claims(DESTINATION.providerUuid(), name) == 1);
            assertThat(number("SELECT count(*) FROM migration_unborn_claims WHERE noted_at >= ?", begun))
                    .isOne();
            meanwhile.run();
            connection.rollback();
            return answer;
        }
    }

    private static void nothing() {}

    private long noted(UUID job) {
        return number("SELECT count(*) FROM migration_unborn_claims WHERE job_uuid = ?", job);
    }

    private void note(UUID job, String age) {
        sql(
                "INSERT INTO migration_unborn_claims (job_uuid, source_provider_uuid, dest_provider_uuid, noted_at)"
                        + " VALUES (?, ?, ?, now() - ?::interval)",
                job,
                SOURCE.providerUuid(),
                DESTINATION.providerUuid(),
                age);
    }
}
