package io.hermes.storage.local;

import io.hermes.storage.DocumentStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A store on a real disk, with room beside it for what tests need outside. */
@Timeout(120)
abstract class OnDisk {

    Path home;
    Path root;
    DocumentStore store;

    /** Settings besides the root. */
    Map<String, String> settings() {
        return Map.of();
    }

    @BeforeEach
    void openStore() throws IOException {
        home = Files.createTempDirectory(
                Files.createDirectories(Path.of("target/contract").toAbsolutePath()), "hermes-local-");
        root = Files.createDirectory(home.resolve("root"));
        store = LocalContract.open(root, settings());
    }

    @AfterEach
    void removeHome() throws IOException {
        store.close();
        LocalContract.removeTree(home);
    }

    /** The parts of a store with these settings, for looking below the port. */
    LocalParts parts(Map<String, String> settings) {
        return LocalParts.of(new LocalRoot(
                LocalSettings.config(LocalContract.settings(root, settings), AllowedRoots.everywhere()),
                AllowedRoots.everywhere(),
                LocalResources.create()));
    }

    static boolean shell(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        return process.waitFor() == 0;
    }

    static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Every file below, by its path. */
    static List<String> filesBelow(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
