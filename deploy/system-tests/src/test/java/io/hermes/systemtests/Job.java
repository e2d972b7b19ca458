package io.hermes.systemtests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** A copy job through the public API. */
record Job(Rest orchestrator, UUID id) {

    private static final String JOBS = "/api/v2/migrations/jobs";
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

    private static final String DEFINITION = """
            {"jobName": "%s", "sourceProvider": "%s", "destProvider": "%s", "strategy": "copy",
             "concurrency": %d, "dispatchWindow": %d, "verify": "%s", "maxAttempts": %d,
             "dryRun": %s}""";

    /**
     * What is not the same in every trial.
     *
     * @param verify {@code store_checked} or {@code read_back}
     * @param maxAttempts failures after which a document is given up
     * @param concurrency documents that one worker transfers at once
     * @param window documents that are handed out at once
     * @param dryRun whether it only says what it would do
     */
    record Terms(String verify, int maxAttempts, int concurrency, int window, boolean dryRun) {

        /** Few at once, and a window that bounds how far the workers come while the orchestrators are away. */
        static final Terms USUAL = new Terms("store_checked", 3);

        Terms(String verify, int maxAttempts) {
            this(verify, maxAttempts, 4, 32, false);
        }

        Terms with(int otherConcurrency, int otherWindow) {
            return new Terms(verify, maxAttempts, otherConcurrency, otherWindow, dryRun);
        }

        Terms rehearsing() {
            return new Terms(verify, maxAttempts, concurrency, window, true);
        }
    }

    /** Creates it. Nothing is listed yet. */
    static Job create(Rest orchestrator, String name, Route route, Terms terms)
            throws IOException, InterruptedException {
        String definition = DEFINITION.formatted(
                name,
                route.sourceProvider(),
                route.destProvider(),
                terms.concurrency(),
                terms.window(),
                terms.verify(),
                terms.maxAttempts(),
                terms.dryRun());
        String id = orchestrator.post(JOBS, definition).path("jobUuid").asText();
        return new Job(orchestrator, UUID.fromString(id));
    }

    /** Lets it begin. */
    void start() throws IOException, InterruptedException {
        JsonNode unused = orchestrator.post(path() + "/start", "");
    }

    /** Runs it again, ended as it is, with what failed and what was not planned. */
    void retry() throws IOException, InterruptedException {
        JsonNode unused = orchestrator.post(path() + "/retry", "");
    }

    /** Asks it to end where it is; it is over when nothing of it is on its way. */
    void cancel() throws IOException, InterruptedException {
        JsonNode unused = orchestrator.post(path() + "/cancel", "");
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
