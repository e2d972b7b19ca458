package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Comparisons and validations as users ask for them and see them. */
@QuarkusTest
class VerifyApiTest extends ApiTest {

    static Stream<ResolvedProvider> readable() {
        return Stream.of(
                local(31, "compared-active", ProviderStatus.ACTIVE, true, "/srv/nowhere/ca"),
                local(32, "compared-readonly", ProviderStatus.READONLY, true, "/srv/nowhere/cr"),
                local(33, "compared-migrating", ProviderStatus.MIGRATING, true, "/srv/nowhere/cm"),
                local(34, "compared-cold", ProviderStatus.ACTIVE, false, "/srv/nowhere/cc"));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void anyReadableStoreCanBeComparedAndIsClaimedForReading(ResolvedProvider destination) {
        RegistryStandIn.put(destination);

        var job = admin().body(verify(destination.providerName(), ""))
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("strategy", is("verify"))
                .body("verify", is("read_back"))
                .body("validate", is(true))
                .body("rollbackEnabled", is(false))
                .extract()
                .jsonPath();

        assertThat(RegistryStandIn.claim(destination.providerUuid(), UUID.fromString(job.getString("jobUuid"))))
                .startsWith("PUT {\"role\":\"source\"");
    }

    @Test
    void aDisabledDestinationCannotBeCompared() {
        RegistryStandIn.put(local(35, "compared-off", ProviderStatus.DISABLED, true, "/srv/nowhere/co"));

        admin().body(verify("compared-off", ""))
                .post(JOBS)
                .then()
                .statusCode(409)
                .body("code", is("PROVIDER_DISABLED"))
                .body("field", is("destProvider"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "', \"validate\": false', false",
        "', \"filterCriteria\": {\"minSizeBytes\": 5}', false",
        "', \"filterCriteria\": {\"tags\": [\"x\"]}', false",
        "', \"filterCriteria\": {\"pathPrefix\": \"a\"}', false",
        "', \"documentKeys\": [\"a\"]', false"
    })
    void whatOnlyTheDestinationHasIsLookedForWhereItCanBeTold(String more, boolean looked) {
        admin().body(verify("s3-archive", more))
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("validate", is(looked));
    }

    @Test
    void aCopyCanBeClonedAsTheComparisonOfItsResult() {
        long copy = admin().body(body("to be compared").replaceFirst("}$", ", \"conflictPolicy\": \"overwrite\"}"))
                .post(JOBS)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");

        admin().body("{\"strategy\": \"verify\"}")
                .post(JOBS + "/{id}/clone", copy)
                .then()
                .statusCode(201)
                .body("strategy", is("verify"))
                .body("conflictPolicy", is("skip_identical"));
        admin().body("{\"strategy\": \"copy\"}")
                .post(JOBS + "/{id}/clone", copy)
                .then()
                .statusCode(201)
                .body("conflictPolicy", is("overwrite"));
    }

    @Test
    void aFailedValidationShowsWhatItFoundAndMayBeRepeated() {
        long job = createJob("found wanting");
        sql(
                "UPDATE migration_jobs SET status = 'completed', outcome = 'partial', completed_at = now(), started_at = now(),"
                        + " status_reason = 'VALIDATION_FAILED: …', validation_status = 'failed', claims_released_at = now(),"
                        + " validation_errors = '[{\"itemId\": 7, \"key\": \"a\", \"code\": \"DEST_NOT_FOUND\", \"seen\": \"Nothing.\"}]'"
                        + " WHERE id = ?",
                job);
        sql(
                "UPDATE migration_job_progress SET phase = 'finished', planning_done = true, scanned = 9, migrated = 9, validated = 7,"
                        + " invalid = 2 WHERE job_id = ?",
                job);

        admin().get(JOBS + "/{id}", job)
                .then()
                .body("validationStatus", is("failed"))
                .body("validationErrors.count", is(2))
                .body("validationErrors.first.key", contains("a"))
                .body("validationErrors.first.code", contains("DEST_NOT_FOUND"))
                .body("allowedActions", contains("retry", "clone"));
        admin().get(JOBS + "/{id}/progress", job)
                .then()
                .body("validation.matched", is(7))
                .body("validation.mismatched", is(2))
                .body("validation.outstanding", is(0));
    }

    @Test
    void anItemShowsBothSidesAndAnExtraDocumentHasNoSourceKey() {
        long job = createJob("items of a comparison");
        sql(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, dest_provider_id, size_bytes, dest_size_bytes, status,"
                        + " error_code, metadata, completed_at) VALUES"
                        + " (?, 'a', 'a', 10, 12, 'failed', 'CONTENT_HASH_MISMATCH', '{\"metadataDifferences\": [\"owner\"]}', now()),"
                        + " (?, 'destination://b', 'b', 0, 5, 'failed', 'DEST_EXTRA', NULL, now())",
                job,
                job);

        admin().get(JOBS + "/{id}/items?status=failed", job)
                .then()
                .body("items[0].sourceKey", is("a"))
                .body("items[0].destSizeBytes", is(12))
                .body("items[0].metadataDifferences", contains("owner"))
                .body("items[1].sourceKey", nullValue())
                .body("items[1].destKey", is("b"))
                .body("items[1].origin", is("destination"));
    }

    private static String verify(String destination, String more) {
        return """
                {"jobName": "compare", "sourceProvider": "local-primary", "destProvider": "%s", "strategy": "verify"%s}""".formatted(destination, more);
    }
}
