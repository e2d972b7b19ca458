package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"report.md", "a", "\u65e5\u672c", "line\nbreak", "x.metadata.json", "..."})
    void isKnownByItselfInEveryFolder(String name) {
        String manifest = name + ManifestName.suffix(name);
        assertThat(manifest).endsWith(".metadata.json");
        assertThat(ManifestName.isOne(new DocumentKey(manifest))).isTrue();
        assertThat(ManifestName.isOne(new DocumentKey("some/folder/" + manifest)))
                .isTrue();
        assertThat(ManifestName.suffix(name)).hasSize(ManifestName.LONGER);
    }

    @Test
    void whatAUserCallsAFileIsNoManifest() {
        String ofAnother = "b.md" + ManifestName.suffix("a.md");
        for (String name : new String[] {
            "report.md", "report.md.metadata.json", ".metadata.json", "a.0123456789ab.metadata.json", ofAnother
        }) {
            assertThat(ManifestName.isOne(new DocumentKey(name))).as(name).isFalse();
        }
    }

    /** Written by one release, read by every later one. */
    @Test
    void staysTheSame() {
        assertThat(ManifestName.suffix("report.md")).isEqualTo(".d98e2627e58d.metadata.json");
    }
}
