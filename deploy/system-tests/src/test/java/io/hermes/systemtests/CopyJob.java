package io.hermes.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.stack.StackDescription;
import io.hermes.stack.demo.DemoFailure;
import io.hermes.stack.demo.MigrationJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** A copy job through the public API. */
record CopyJob(Rest orchestrator, UUID id) {

    private static final String JOBS = "/api/v2/migrations/jobs";

    /** Slow enough to be killed four times; the window bounds how far the workers come while the orchestrator is away. */
    private static final String JOB = """
            {
              "jobName": "killed four times",
              "sourceProvider": "local-primary",
              "destProvider": "s3-archive",
              "strategy": "copy",
              "concurrency": 4,
              "dispatchWindow": 32
            }""";

    /** Registers both providers, creates the job and starts it. */
    static CopyJob start(StackDescription stack, Path source) throws IOException, InterruptedException, DemoFailure {
        new MigrationJob(stack).registerProviders(source, stack.s3());
        Rest orchestrator = new Rest(stack.orchestrator().url(), stack.token());
        String id = orchestrator.post(JOBS, JOB).path("jobUuid").asText();
        JsonNode unused = orchestrator.post(JOBS + "/" + id + "/start", "");
        return new CopyJob(orchestrator, UUID.fromString(id));
    }

    /** The job as the API shows it. */
    JsonNode job() throws IOException, InterruptedException {
        return orchestrator.get(JOBS + "/" + id);
    }

    /** Its counters as the API shows them. */
    JsonNode progress() throws IOException, InterruptedException {
        return orchestrator.get(JOBS + "/" + id + "/progress");
    }
}
