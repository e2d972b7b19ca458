package io.hermes.systemtests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** A copy job through the public API. */
record Job(Rest orchestrator, UUID id) {

    private static final String JOBS = "/api/v2/migrations/jobs";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    /** Few at once, and a window that bounds how far the workers come while the orchestrators are away. */
    private static final String DEFINITION = """
            {"jobName": "%s", "sourceProvider": "%s", "destProvider": "%s", "strategy": "copy",
             "concurrency": 4, "dispatchWindow": 32}""";

    /** Creates it and starts it. */
    static Job start(Rest orchestrator, String name, Route route) throws IOException, InterruptedException {
        String definition = DEFINITION.formatted(name, route.sourceProvider(), route.destProvider());
        String id = orchestrator.post(JOBS, definition).path("jobUuid").asText();
        Job job = new Job(orchestrator, UUID.fromString(id));
        JsonNode unused = orchestrator.post(job.path() + "/start", "");
        return job;
    }

    private String path() {
        return JOBS + "/" + id;
    }

    /** The job as the API shows it; waits for an orchestrator that is coming back. */
    JsonNode shown() {
        return ask("");
    }

    /** Its counters as the API shows them. */
    JsonNode progress() {
        return ask("/progress");
    }

    private JsonNode ask(String what) {
        return await("the API answers")
                .atMost(ANSWER_LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> orchestrator.get(path() + what), answer -> true);
    }
}
