package io.hermes.benchmark;

import io.hermes.benchmark.place.Place;
import io.hermes.stack.StackDescription.S3Node;
import io.hermes.stack.layout.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands out places that nobody has used. They stay until everything is measured (see {@link Ground}).
 *
 * @param home of folders
 * @param server of buckets
 * @param buckets the server's own folder of them
 * @param given how many so far
 */
record Places(Path home, S3Node server, Path buckets, AtomicInteger given) {

    private static final String BUCKET = "hermes-archive";

    static Places of(Path home, StackDirectory stack, S3Node server) {
        return new Places(home, server, stack.s3().resolve("buckets"), new AtomicInteger());
    }

    /** The same, with buckets behind a proxy. */
    Places through(String endpoint) {
        return new Places(home, server.through(endpoint), buckets, given);
    }

    /** An empty one. */
    Place fresh(Scenario.Kind kind) throws IOException {
        String name = "place-%04d".formatted(given.incrementAndGet());
        return switch (kind) {
            case FOLDER -> new Place.Folder(Files.createDirectories(home.resolve(name)));
            case BUCKET ->
                new Place.Prefix(server, BUCKET, name, buckets.resolve(BUCKET).resolve(name));
        };
    }

    /** Frees the disk of a few large files at once; the place is not used again. */
    void free(Place place) throws IOException {
        StackDirectory.deleteTree(place.onDisk());
    }
}
