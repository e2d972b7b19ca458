package io.hermes.storage.local;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.contract.AbstractDocumentStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** The contract on a folder of some file system. */
abstract class LocalContract extends AbstractDocumentStoreContract {

    static final LocalStoreFactory FACTORY = new LocalStoreFactory();

    private Path root;

    /** Where to make the folder. */
    abstract Path parent();

    @Override
    protected DocumentStore open() throws IOException {
        root = Files.createTempDirectory(Files.createDirectories(parent()), "hermes-contract-");
        return open(root, settings());
    }

    /** Settings besides the root. */
    Map<String, String> settings() {
        return Map.of();
    }

    static DocumentStore open(Path root, Map<String, String> more) {
        return FACTORY.open(settings(root, more));
    }

    static StoreSettings settings(Path root, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(more);
        config.put("base_path", root.toString());
        return new StoreSettings(new UUID(0, 1), "local-test", "local", true, config, Map.of(), Optional.empty());
    }

    Path root() {
        return root;
    }

    @Override
    public Optional<DocumentStore> reopened() {
        return Optional.of(open(root, Map.of()));
    }

    @Override
    public void plant(String name, byte[] bytes) {
        try {
            Files.createDirectories(root.resolve(name).getParent());
            Path unused = Files.write(root.resolve(name), bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Optional<DocumentStore> storeWithoutContainer() {
        return Optional.of(open(root.resolve("nowhere"), settings()));
    }

    @AfterEach
    void removeRoot() throws IOException {
        removeTree(root);
    }

    static void removeTree(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
