package io.hermes.orchestrator.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.hermes.edge.testing.KafkaBroker;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users hear while the database is away, whichever of the two ways into it a route takes. */
@QuarkusTest
@TestProfile(DatabaseAwayTest.OwnDatabase.class)
class DatabaseAwayTest {

    @Test
    void everyRouteSaysThatTheDatabaseIsAway() {
        // Given
        RegistryStandIn.put(ApiTest.SOURCE);
        RegistryStandIn.put(ApiTest.DESTINATION);
        long job = ApiTest.createJob("before the outage");
        ApiTest.admin().get(ApiTest.JOBS + "/{id}", job).then().statusCode(200);

        // When
        PostgresToStop.stopNow();

        // Then
        requireAway(ApiTest.admin().request(Method.GET, ApiTest.JOBS));
        requireAway(ApiTest.admin().request(Method.GET, ApiTest.JOBS + "/{id}", job));
        requireAway(ApiTest.admin().request(Method.GET, ApiTest.JOBS + "/{id}/progress", job));
        requireAway(ApiTest.admin().request(Method.GET, ApiTest.JOBS + "/{id}/events", job));
        requireAway(ApiTest.admin().request(Method.GET, "/api/v2/migrations/workers"));
        requireAway(ApiTest.admin().request(Method.POST, ApiTest.JOBS + "/{id}/start", job));
        requireAway(ApiTest.admin().body(ApiTest.body("during the outage")).request(Method.POST, ApiTest.JOBS));
    }

    private static void requireAway(Response response) {
        response.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("code", is("DATABASE_UNAVAILABLE"))
                .body("detail", not(containsString("Exception")));
    }

    /** An application of its own. */
    public static final class OwnDatabase implements QuarkusTestProfile {

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(PostgresToStop.class),
                    new TestResourceEntry(KafkaBroker.class),
                    new TestResourceEntry(RegistryStandIn.class),
                    new TestResourceEntry(TestTokens.class));
        }
    }
}
