package io.hermes.systemtests;

import io.hermes.stack.demo.SampleFolder;
import io.hermes.stack.proof.SourceFolder;
import io.hermes.systemtests.oracle.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The documents that are migrated: those of the demo, whose names hold blanks, percent signs, two spellings of an accent and other
 * scripts, and one of 20 MiB, which goes by parts.
 *
 * @param folder where they are
 * @param manifest what they are
 */
record Corpus(Path folder, Manifest manifest) {

    private static final int LARGE = 20 << 20;

    /** The same for the same seed. */
    static Corpus write(String name, int documents, Seed seed) throws IOException {
        Path folder = Stage.home().resolve("documents").resolve(name);
        SampleFolder.write(folder, documents - 1, seed.value());
        byte[] content = new byte[LARGE];
        new Random(seed.value()).nextBytes(content);
        Files.write(folder.resolve("20 MiB – größtes.bin"), content);
        Path manifest = Stage.home().resolve("manifests").resolve(name + ".tsv");
        return new Corpus(folder, Manifest.of(new SourceFolder(folder), manifest));
    }

    /** Keys of the documents of this size. */
    Set<String> keys(long smallest, long largest) {
        return manifest.documents().entrySet().stream()
                .filter(document -> document.getValue().bytes() >= smallest
                        && document.getValue().bytes() <= largest)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
