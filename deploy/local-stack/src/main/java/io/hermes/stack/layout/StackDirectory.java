package io.hermes.stack.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that holds everything a stack writes. Nothing is written elsewhere. */
public record StackDirectory(Path root) {

    public StackDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** What {@code up} publishes: URLs, process ids, credentials. Exists only while the stack is ready. */
    public Path description() {
        return root.resolve("stack.json");
    }

    /** Ports and secrets, kept from one {@code up} to the next. */
    public Path settings() {
        return root.resolve("settings.json");
    }

    /** The key that the registry seals secrets under. */
    public Path secretsKey() {
        return root.resolve("secrets.key");
    }

    /** The providers that the registry is to have; it takes up every change of the file. */
    public Path providers() {
        return root.resolve("providers.yaml");
    }

    /** Locked by the supervisor, while there is one. */
    Path lock() {
        return root.resolve("supervisor.lock");
    }

    /** Why the last start failed, for the command that waits for it. */
    public Path failure() {
        return root.resolve("failure.txt");
    }

    public Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path s3() {
        return root.resolve("s3");
    }

    /** An empty folder for the temporary files of one child: what a killed one left behind goes with the next start. */
    public Path freshTemporary(String name) throws IOException {
        Path folder = root.resolve("tmp").resolve(name);
        deleteTree(folder);
        return Files.createDirectories(folder);
    }

    /** Writes a file that only its owner may read, so that a reader sees the old content or the new, never half of it. */
    public static void writePrivately(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = Files.createTempFile(file.getParent(), "." + file.getFileName(), null, ownerOnly);
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes a folder with all it holds; a missing one is fine. Does not follow symbolic links. */
    public static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> innermostFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            innermostFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : innermostFirst) {
            Files.deleteIfExists(path);
        }
    }
}
