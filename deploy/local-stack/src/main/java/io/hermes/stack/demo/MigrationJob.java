package io.hermes.stack.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.stack.StackDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The copy job, through the public API only. */
public final class MigrationJob {

    /** Destination bucket. */
    public static final String BUCKET = "hermes-archive";
    /** Folder in the bucket. */
    public static final String PREFIX = "production";

    private static final String SOURCE = "local-primary";
    private static final String DESTINATION = "s3-archive";
    private static final String PROVIDERS = "/api/v2/providers";
    private static final String JOBS = "/api/v2/migrations/jobs";
    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");
    private static final int POLL_MILLIS = 400;

    private final HermesApi registry;
    private final HermesApi orchestrator;

    /** Speaks to the services of this stack. */
    public MigrationJob(StackDescription stack) {
        registry = new HermesApi(stack.registry().url(), stack.token());
        orchestrator = new HermesApi(stack.orchestrator().url(), stack.token());
    }

    private record NewProvider<C extends Record>(
            String providerName,
            String providerType,
            C config,
            @JsonProperty("isPrimary") boolean isPrimary,
            @JsonProperty("isWritable") boolean isWritable) {}

    private record LocalConfig(@JsonProperty("base_path") String basePath) {}

    private record S3Config(
            String endpoint,
            String region,
            String bucket,
            String prefix,
            @JsonProperty("access_key") String accessKey,
            @JsonProperty("secret_key") String secretKey,
            @JsonProperty("path_template") String pathTemplate) {}

    private record NewJob(String jobName, String sourceProvider, String destProvider, String strategy) {}

    /** The source is registered as not writable: the user's own folder is never touched. */
    public void registerProviders(Path source, StackDescription.S3Node s3) throws IOException, DemoFailure {
        LocalConfig local = new LocalConfig(source.toString());
        registry.post(PROVIDERS, new NewProvider<>(SOURCE, "local", local, true, false));
        S3Config config =
                new S3Config(s3.endpoint(), s3.region(), BUCKET, PREFIX, s3.accessKey(), s3.secretKey(), "{path}");
        registry.post(PROVIDERS, new NewProvider<>(DESTINATION, "s3", config, false, true));
    }

    /** Creates and starts the job; its id. */
    public String start() throws IOException, DemoFailure {
        JsonNode job = orchestrator.post(JOBS, new NewJob("demo", SOURCE, DESTINATION, "copy"));
        String id = job.path("jobUuid").asText();
        orchestrator.post(JOBS + "/" + id + "/start");
        return id;
    }

    /** Shows the progress until the job has ended; its last answer. */
    JsonNode follow(String id, ProgressDisplay display) throws IOException, DemoFailure {
        JsonNode progress = progress(id);
        while (!FINAL.contains(progress.path("status").asText())) {
            display.show(progress);
            pause();
            progress = progress(id);
        }
        display.finish(progress);
        return progress;
    }

    /** What the progress endpoint says now. */
    public JsonNode progress(String id) throws IOException, DemoFailure {
        return orchestrator.get(JOBS + "/" + id + "/progress");
    }

    /** Some of the failed items, for the person who wants to know why. */
    public JsonNode failures(String id) throws IOException, DemoFailure {
        return orchestrator.get(JOBS + "/" + id + "/items?status=failed&limit=10");
    }

    private static void pause() throws DemoFailure {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("It was interrupted.");
        }
    }
}
