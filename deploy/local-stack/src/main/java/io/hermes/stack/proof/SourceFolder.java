package io.hermes.stack.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** The folder that is migrated, as it is on disk. Only read. */
public record SourceFolder(Path root) {

    private static final String RESERVED = ".hermes-";

    /** Every regular file by its key, the path with slashes. Links are no documents, and our own reserved names are nobody's. */
    public Map<String, Path> documents() throws IOException {
        Map<String, Path> found = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return isReserved(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isReserved(file)) {
                    found.put(root.relativize(file).toString(), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private boolean isReserved(Path path) {
        return !path.equals(root) && path.getFileName().toString().startsWith(RESERVED);
    }

    /** What this file holds now. */
    public static Fingerprint fingerprint(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return Fingerprint.of(content);
        }
    }
}
