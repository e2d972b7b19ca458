package io.hermes.stack.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;

/** Writes the sample documents. The same seed and count always make the same folder, byte for byte. */
public final class SampleFolder {

    /** What the demo takes. */
    public static final long SEED = 89;
    /** What the demo makes. */
    public static final int DOCUMENTS = 1_000;

    private SampleFolder() {}

    /** Writes documents 0 to {@code documents - 1}. */
    public static void write(Path folder, int documents, long seed) throws IOException {
        for (int number = 0; number < documents; number++) {
            SampleDocument document = SampleDocument.number(number, seed);
            Path file = folder.resolve(document.path());
            Files.createDirectories(file.getParent());
            Files.write(file, document.content());
            FileTime modified = FileTime.from(document.modified().atStartOfDay().toInstant(ZoneOffset.UTC));
            Files.setLastModifiedTime(file, modified);
        }
    }
}
