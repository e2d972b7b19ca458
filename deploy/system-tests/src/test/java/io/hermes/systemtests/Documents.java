package io.hermes.systemtests;

import io.hermes.stack.demo.SampleFolder;
import io.hermes.stack.proof.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The documents that are migrated: those of the demo, whose names hold blanks, percent signs, two spellings of an accent and other
 * scripts, and one of 20 MiB. The same at every run.
 */
final class Documents {

    static final int COUNT = 600;

    private static final long SEED = 2;
    private static final int LARGE = 20 << 20;

    private Documents() {}

    static SourceFolder write(Path folder) throws IOException {
        SampleFolder.write(folder, COUNT - 1, SEED);
        byte[] content = new byte[LARGE];
        new Random(SEED).nextBytes(content);
        Files.write(folder.resolve("20 MiB – größtes.bin"), content);
        return new SourceFolder(folder);
    }
}
