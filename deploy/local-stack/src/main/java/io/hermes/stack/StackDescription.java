package io.hermes.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.stack.layout.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * What a running stack tells the world in {@code stack.json}. The process ids are those of the servers themselves, so that a test can
 * kill one; the file is replaced as soon as an id changes.
 *
 * @param registries replicas of one service, on one database
 * @param orchestrators likewise
 * @param token for the public API
 * @param serviceToken for the routes between the services
 */
public record StackDescription(
        List<Node> registries,
        List<Node> orchestrators,
        List<Node> workers,
        PostgresNode postgres,
        KafkaNode kafka,
        S3Node s3,
        String token,
        String serviceToken) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param pid 0 between a death and the next start */
    public record Node(String url, long pid) {}

    /** @param binDir where {@code pg_ctl} is; the cluster belongs to the user who started the stack */
    public record PostgresNode(
            String host,
            int port,
            String user,
            String password,
            String registryDatabase,
            String migrationDatabase,
            long pid,
            String binDir,
            String dataDir) {}

    /** The broker. */
    public record KafkaNode(String bootstrapServers, long pid) {}

    /** The object store. */
    public record S3Node(String endpoint, String region, String accessKey, String secretKey, long pid) {

        /** The same as somebody sees it who goes through a proxy. */
        public S3Node through(String proxy) {
            return new S3Node(proxy, region, accessKey, secretKey, pid);
        }
    }

    public StackDescription {
        registries = List.copyOf(registries);
        orchestrators = List.copyOf(orchestrators);
        workers = List.copyOf(workers);
    }

    /** The replica that the other services speak to; every one answers alike. */
    public Node registry() {
        return registries.getFirst();
    }

    /** The same of the orchestrators. */
    public Node orchestrator() {
        return orchestrators.getFirst();
    }

    /** The same with another object store. */
    public StackDescription with(S3Node store) {
        return new StackDescription(registries, orchestrators, workers, postgres, kafka, store, token, serviceToken);
    }

    /** What the stack in this folder has published; empty when it is not ready. */
    public static Optional<StackDescription> of(StackDirectory directory) throws IOException {
        if (!Files.exists(directory.description())) {
            return Optional.empty();
        }
        return Optional.of(JSON.readValue(directory.description().toFile(), StackDescription.class));
    }

    void publish(StackDirectory directory) throws IOException {
        byte[] content = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        StackDirectory.writePrivately(directory.description(), content);
    }
}
