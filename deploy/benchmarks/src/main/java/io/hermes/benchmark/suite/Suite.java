package io.hermes.benchmark.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.benchmark.place.Place;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import io.hermes.stack.StackDescription;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Ours on a running stack, as a client sees it. */
public final class Suite {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROVIDERS = "/api/v2/providers";
    private static final String JOBS = "/api/v2/migrations/jobs";
    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");
    private static final long POLL_MILLIS = 50;
    /** Of a run that takes long, an end is seen to a hundredth, so that asking for it is no load of its own. */
    private static final long LOOKS = 100;

    private final StackDescription stack;
    private final HermesApi registry;
    private final HermesApi orchestrator;
    private final int transfers;
    private final AtomicInteger names = new AtomicInteger();

    /** @param transfers documents that a job moves at once */
    public Suite(StackDescription stack, int transfers) {
        this.stack = stack;
        this.transfers = transfers;
        this.registry = new HermesApi("provider registry", stack.registry().url(), Optional.of(stack.token()));
        this.orchestrator = new HermesApi("orchestrator", stack.orchestrator().url(), Optional.of(stack.token()));
    }

    /** Registers a place under a name of its own. */
    public String register(Place place, boolean writable, String durability) throws ApiFailure, InterruptedException {
        String name = "benchmark-" + names.incrementAndGet();
        ObjectNode provider = JSON.createObjectNode()
                .put("providerName", name)
                .put("isPrimary", false)
                .put("isWritable", writable);
        switch (place) {
            case Place.Folder folder -> provider.put("providerType", "local").set("config", local(folder, durability));
            case Place.Prefix prefix -> provider.put("providerType", "s3").set("config", s3(prefix));
        }
        JsonNode unused = registry.post(PROVIDERS, provider);
        return name;
    }

    private static ObjectNode local(Place.Folder folder, String durability) {
        return JSON.createObjectNode()
                .put("base_path", folder.onDisk().toString())
                .put("path_template", "{path}")
                .put("durability", durability);
    }

    /** As whoever has a gateway over a file system would: a flat page would have it walk everything. */
    private static ObjectNode s3(Place.Prefix prefix) {
        return JSON.createObjectNode()
                .put("endpoint", prefix.server().endpoint())
                .put("region", prefix.server().region())
                .put("bucket", prefix.bucket())
                .put("prefix", prefix.prefix())
                .put("access_key", prefix.server().accessKey())
                .put("secret_key", prefix.server().secretKey())
                .put("path_template", "{path}")
                .put("listing", "folders");
    }

    /** A copy job between two providers, ready to be started. */
    public String create(String source, String destination) throws ApiFailure, InterruptedException {
        ObjectNode job = JSON.createObjectNode()
                .put("jobName", "from " + source + " to " + destination)
                .put("sourceProvider", source)
                .put("destProvider", destination)
                .put("strategy", "copy")
                .put("concurrency", transfers);
        return orchestrator.post(JOBS, job).path("id").asText();
    }

    /**
     * Starts it and waits for its end.
     *
     * @return seconds from the order to start it until it is known to have ended, and its last progress
     */
    public Ended run(String job) throws ApiFailure, InterruptedException {
        long begin = System.nanoTime();
        JsonNode unused = orchestrator.post(JOBS + "/" + job + "/start");
        JsonNode progress = progress(job);
        while (!FINAL.contains(progress.path("status").asText())) {
            Thread.sleep(Math.max(POLL_MILLIS, (System.nanoTime() - begin) / 1_000_000 / LOOKS));
            progress = progress(job);
        }
        return new Ended((System.nanoTime() - begin) / 1e9, progress);
    }

    private JsonNode progress(String job) throws ApiFailure, InterruptedException {
        return orchestrator.get(JOBS + "/" + job + "/progress");
    }

    /**
     * A job that is over.
     *
     * @param seconds it took, by the wall clock
     * @param progress its last
     */
    public record Ended(double seconds, JsonNode progress) {

        /** Throws unless so many documents were moved, or found to be there already, and none failed. */
        public void assertAllDone(long documents) {
            long done = progress.path("migrated").asLong()
                    + progress.path("skipped").asLong();
            if (done != documents || !progress.path("status").asText().equals("completed")) {
                throw new IllegalStateException("not all of " + documents + " documents are there: " + progress);
            }
        }
    }

    /** Every process that takes part, the S3 server too. */
    public Map<String, Long> processes() {
        Map<String, Long> processes = new TreeMap<>();
        processes.put("registry", stack.registry().pid());
        for (int number = 0; number < stack.orchestrators().size(); number++) {
            processes.put(
                    "orchestrator-" + (number + 1),
                    stack.orchestrators().get(number).pid());
        }
        for (int number = 0; number < stack.workers().size(); number++) {
            processes.put("worker-" + (number + 1), stack.workers().get(number).pid());
        }
        processes.put("postgres", stack.postgres().pid());
        processes.put("kafka", stack.kafka().pid());
        processes.putAll(server());
        return processes;
    }

    /** The S3 server alone, which serves the peer too. */
    public Map<String, Long> server() {
        return Map.of(SERVER, stack.s3().pid());
    }

    /** The name of the S3 server in the report. */
    public static final String SERVER = "s3";

    /** The stack it runs on. */
    public StackDescription stack() {
        return stack;
    }
}
