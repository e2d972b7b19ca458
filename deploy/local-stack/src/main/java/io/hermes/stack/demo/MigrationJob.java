package io.hermes.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import io.hermes.cli.watch.Patience;
import io.hermes.cli.watch.ProgressDisplay;
import io.hermes.cli.watch.Watch;
import io.hermes.stack.StackDescription;
import java.time.Duration;
import java.util.Optional;

/** The copy job, through the public API only. */
public final class MigrationJob {

    /** Destination bucket. */
    public static final String BUCKET = "hermes-archive";
    /** Folder in the bucket. */
    public static final String PREFIX = "production";

    private static final String JOBS = "/api/v2/migrations/jobs";
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HermesApi registry;
    private final HermesApi orchestrator;

    /** Speaks to the services of this stack. */
    public MigrationJob(StackDescription stack) {
        registry = new HermesApi("provider registry", stack.registry().url(), Optional.of(stack.token()));
        orchestrator = new HermesApi("orchestrator", stack.orchestrator().url(), Optional.of(stack.token()));
    }

    private record NewJob(String jobName, String sourceProvider, String destProvider, String strategy) {}

    /** Waits until the registry has the providers of the demo. */
    void awaitProviders() throws ApiFailure, InterruptedException, DemoFailure {
        DemoProviders.await(registry);
    }

    /** Creates and starts the job; its id. */
    public String start() throws ApiFailure, InterruptedException {
        JsonNode job = orchestrator.post(
                JOBS, json(new NewJob("demo", DemoProviders.SOURCE, DemoProviders.DESTINATION, "copy")));
        String id = job.path("id").asText();
        orchestrator.post(JOBS + "/" + id + "/start");
        return id;
    }

    /** Shows the progress until the job has ended; its last answer. */
    JsonNode follow(String id, ProgressDisplay display) throws ApiFailure, InterruptedException {
        return new Watch(orchestrator, display, Patience.of(LONGEST_OUTAGE)).untilEnd(id);
    }

    /** Some of the failed items, for the person who wants to know why. */
    public JsonNode failures(String id) throws ApiFailure, InterruptedException {
        return orchestrator.get(JOBS + "/" + id + "/items?status=failed&limit=10");
    }

    private static JsonNode json(Record body) {
        return JSON.valueToTree(body);
    }
}
