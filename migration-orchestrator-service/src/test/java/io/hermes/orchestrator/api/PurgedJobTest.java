package io.hermes.orchestrator.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** From the first moment of its purge on a job is gone for everybody, however much of it is still there. */
@QuarkusTest
class PurgedJobTest extends ApiTest {

    @Test
    void aJobThatIsBeingPurgedIsGone() {
        long id = createJob("soon gone");
        sql(
                "UPDATE migration_jobs SET status = 'completed', outcome = 'failed', completed_at = now(), claims_released_at = now(),"
                        + " purging_at = now() WHERE id = ?",
                id);
        try {
            for (String route : new String[] {"", "/progress", "/items", "/errors", "/timeline"}) {
                admin().get(JOBS + "/" + id + route)
                        .then()
                        .statusCode(404)
                        .body("code", is("JOB_NOT_FOUND"))
                        .body("detail", containsString("it may have been purged"));
            }
            admin().accept("text/csv").get(JOBS + "/{id}/items", id).then().statusCode(404);
            admin().post(JOBS + "/{id}/retry", id).then().statusCode(404);
            admin().post(JOBS + "/{id}/clone", id).then().statusCode(404);
            admin().get(JOBS + "?q=soon gone").then().statusCode(200).body("count", is(0));
            admin().body(body("again").replaceFirst("}$", ", \"failedOf\": \"" + id + "\"}"))
                    .post(JOBS)
                    .then()
                    .statusCode(422)
                    .body("code", is("JOB_UNKNOWN"));
        } finally {
            sql("DELETE FROM migration_jobs WHERE id = ?", id);
        }
    }
}
