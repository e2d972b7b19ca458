package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import io.hermes.cli.api.Query;

/** The jobs as the orchestrator serves them. A job is named by its id or UUID. */
record Jobs(HermesApi orchestrator) {

    static final String PATH = "/api/v2/migrations/jobs";

    static String path(String job) {
        return PATH + "/" + Query.segment(job);
    }

    JsonNode find(String job) throws ApiFailure, InterruptedException {
        return orchestrator.get(path(job));
    }

    /** Tells the job to do something; the job as it is then. */
    JsonNode order(String job, String verb) throws ApiFailure, InterruptedException {
        return orchestrator.post(path(job) + "/" + verb);
    }
}
