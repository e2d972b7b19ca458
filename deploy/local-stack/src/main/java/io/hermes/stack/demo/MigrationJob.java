package io.hermes.stack.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import io.hermes.cli.watch.Patience;
import io.hermes.cli.watch.ProgressDisplay;
import io.hermes.cli.watch.Watch;
import io.hermes.stack.StackDescription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HermesApi registry;
    private final HermesApi orchestrator;

    /** Speaks to the services of this stack. */
    public MigrationJob(StackDescription stack) {
        registry = new HermesApi("provider registry", stack.registry().url(), Optional.of(stack.token()));
        orchestrator = new HermesApi("orchestrator", stack.orchestrator().url(), Optional.of(stack.token()));
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
    public void registerProviders(Path source, StackDescription.S3Node s3) throws ApiFailure, InterruptedException {
        LocalConfig local = new LocalConfig(source.toString());
        registry.post(PROVIDERS, json(new NewProvider<>(SOURCE, "local", local, true, false)));
        S3Config config =
                new S3Config(s3.endpoint(), s3.region(), BUCKET, PREFIX, s3.accessKey(), s3.secretKey(), "{path}");
        registry.post(PROVIDERS, json(new NewProvider<>(DESTINATION, "s3", config, false, true)));
    }

    /** Creates and starts the job; its id. */
    public String start() throws ApiFailure, InterruptedException {
        JsonNode job = orchestrator.post(JOBS, json(new NewJob("demo", SOURCE, DESTINATION, "copy")));
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
