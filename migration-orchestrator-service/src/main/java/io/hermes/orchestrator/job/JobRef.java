package io.hermes.orchestrator.job;

import io.hermes.edge.problem.ApiProblem;
import java.util.UUID;

/** How a path names a job: by its number or by its UUID. */
public sealed interface JobRef {

    /** By number. */
    record ById(long id) implements JobRef {}

    /** By public id. */
    record ByUuid(UUID uuid) implements JobRef {}

    /**
     * Reads what stands in a path.
     *
     * @throws ApiProblem 400 {@code INVALID_ID}
     */
    static JobRef parse(String text) {
        return Ids.asUuid(text).<JobRef>map(ByUuid::new).orElseGet(() -> new ById(Ids.number(text)));
    }
}
