package io.hermes.benchmark.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much lies in a folder; what movers keep there for themselves is left out.
 *
 * @param documents files
 * @param bytes of all together
 */
public record Contents(long documents, long bytes) {

    private static final String OWN = ".hermes-";

    static Contents of(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new Contents(0, 0);
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Long> sizes = tree.filter(Files::isRegularFile)
                    .filter(file -> isDocument(folder.relativize(file)))
                    .map(Contents::size)
                    .toList();
            return new Contents(
                    sizes.size(), sizes.stream().mapToLong(Long::longValue).sum());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isDocument(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(OWN)) {
                return false;
            }
        }
        return true;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
