package io.hermes.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.stack.proof.Fingerprint;
import io.hermes.stack.proof.SourceFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFolderTest {

    @TempDir
    Path folder;

    @Test
    void theSameSeedMakesTheSameFolder() throws IOException {
        SampleFolder.write(folder.resolve("one"), 120, 7);
        SampleFolder.write(folder.resolve("two"), 120, 7);
        SampleFolder.write(folder.resolve("other"), 120, 8);

        assertThat(content(folder.resolve("one"))).hasSize(120).isEqualTo(content(folder.resolve("two")));
        assertThat(content(folder.resolve("one"))).isNotEqualTo(content(folder.resolve("other")));
    }

    @Test
    void holdsWhatRealFoldersHold() {
        var documents = IntStream.range(0, SampleFolder.DOCUMENTS)
                .mapToObj(number -> SampleDocument.number(number, SampleFolder.SEED))
                .toList();

        assertThat(documents).extracting(SampleDocument::path).doesNotHaveDuplicates();
        assertThat(documents)
                .anySatisfy(document -> assertThat(document.content()).isEmpty());
        assertThat(documents)
                .anySatisfy(document -> assertThat(document.content()).hasSize(5 << 20));
        assertThat(documents)
                .allSatisfy(document -> assertThat(document.content()).hasSizeLessThanOrEqualTo(5 << 20));
        assertThat(documents).anySatisfy(document -> assertThat(document.path()).contains("%20", "%2F"));
        assertThat(documents)
                .anySatisfy(document -> assertThat(Normalizer.isNormalized(document.path(), Form.NFC))
                        .isFalse());
        assertThat(documents)
                .filteredOn(
                        document -> new String(document.content(), StandardCharsets.UTF_8).contains("\nhermes-uuid: "))
                .hasSizeBetween(500, 700);
    }

    private static Map<String, Fingerprint> content(Path root) throws IOException {
        Map<String, Fingerprint> content = new TreeMap<>();
        for (Map.Entry<String, Path> file : new SourceFolder(root).documents().entrySet()) {
            assertThat(Files.getLastModifiedTime(file.getValue()).toInstant()).isBefore("2026-11-02T00:00:00Z");
            content.put(file.getKey(), SourceFolder.fingerprint(file.getValue()));
        }
        return content;
    }
}
