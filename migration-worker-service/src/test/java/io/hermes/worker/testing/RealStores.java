package io.hermes.worker.testing;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.Feature;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.Secret;
import io.hermes.storage.StoreAssembly;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.testing.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Real stores, empty and registered: folders below {@code target}, and prefixes in the bucket of one S3 server. */
public final class RealStores implements AutoCloseable {

    private static final ProbeReport.Measured EVERYTHING = new ProbeReport.Measured(Set.of(
            Feature.CONDITIONAL_PUT,
            Feature.CONDITIONAL_STREAM,
            Feature.CONDITIONAL_REPLACE,
            Feature.CONDITIONAL_DELETE,
            Feature.REFUSES_WRONG_BYTES,
            Feature.USER_METADATA));

    private final StoreAssembly assembly;
    private final S3Server s3 = S3Server.start("documents");

    public RealStores(StoreAssembly assembly) {
        this.assembly = assembly;
    }

    /**
     * A registered store.
     *
     * @param uuid the provider
     * @param store the same store, opened by the test for itself
     * @param folder where it lies, of a local one
     */
    public record Opened(UUID uuid, DocumentStore store, Optional<Path> folder) {}

    /** The types of stores there are. */
    public enum Kind {
        LOCAL,
        S3
    }

    /** An empty store of this kind whose documents keep their paths. */
    public Opened empty(Kind kind) {
        return switch (kind) {
            case LOCAL -> local();
            case S3 -> s3(s3.secretKey());
        };
    }

    /** A bucket with credentials that it does not accept. */
    public Opened withWrongCredentials() {
        return s3("wrong-" + s3.secretKey());
    }

    private Opened local() {
        try {
            Path folder = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "stores").toAbsolutePath()), "local-");
            return open(
                    "local",
                    Map.of("base_path", folder.toString(), "path_template", "{path}"),
                    Map.of(),
                    Optional.of(folder));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Opened s3(String secretKey) {
        Map<String, String> config = Map.of(
                "endpoint",
                s3.endpoint(),
                "region",
                s3.region(),
                "bucket",
                s3.bucket(),
                "prefix",
                "store-" + UUID.randomUUID(),
                "path_style",
                "true",
                "path_template",
                "{path}");
        return open("s3", config, Map.of("access_key", s3.accessKey(), "secret_key", secretKey), Optional.empty());
    }

    private Opened open(String type, Map<String, String> config, Map<String, String> secrets, Optional<Path> folder) {
        UUID uuid = Providers.register(type, config, secrets);
        Map<String, Secret> sealed = secrets.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Secret.of(entry.getValue())));
        return new Opened(
                uuid,
                assembly.open(
                        new StoreSettings(uuid, "of the test", type, true, config, sealed, Optional.of(EVERYTHING))),
                folder);
    }

    /** Ends the server at once. */
    public void crash() {
        s3.close();
    }

    @Override
    public void close() {
        s3.close();
    }
}
