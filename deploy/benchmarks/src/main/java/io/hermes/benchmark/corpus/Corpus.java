package io.hermes.benchmark.corpus;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Documents in a folder: the same for the same seed, and nothing that compresses.
 *
 * @param folder that holds these and nothing else
 * @param documents how many
 * @param bytes of all together
 */
public record Corpus(Path folder, int documents, long bytes) {

    private static final int A_FOLDER = 100;
    private static final int CHUNK = 1 << 20;

    /** Small documents, in folders of {@value #A_FOLDER}. */
    public static Corpus small(Path folder, int documents, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        long bytes = 0;
        for (int number = 0; number < documents; number++) {
            byte[] content = new byte[Sizes.draw(random)];
            random.nextBytes(content);
            Files.write(place(folder, number), content);
            bytes += content.length;
        }
        return new Corpus(folder, documents, bytes);
    }

    /** One document. */
    public static Corpus big(Path folder, long bytes, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] chunk = new byte[CHUNK];
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(place(folder, 0)))) {
            for (long left = bytes; left > 0; left -= CHUNK) {
                random.nextBytes(chunk);
                file.write(chunk, 0, (int) Math.min(CHUNK, left));
            }
        }
        return new Corpus(folder, 1, bytes);
    }

    /** Documents without content: what they cost is what their number costs. */
    public static Corpus empty(Path folder, int documents) throws IOException {
        for (int number = 0; number < documents; number++) {
            Files.createFile(place(folder, number));
        }
        return new Corpus(folder, documents, 0);
    }

    private static Path place(Path folder, int number) throws IOException {
        Path below = folder.resolve("%04d".formatted(number / A_FOLDER));
        if (number % A_FOLDER == 0) {
            Files.createDirectories(below);
        }
        return below.resolve("document-%07d.bin".formatted(number));
    }
}
