package io.hermes.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSettingsTest {

    @Test
    void takesTheSettingsOfTheSpecification() {
        assertThat(problems(settings(Map.of(
                        "base_path", "/srv/docs",
                        "docs_path", "/srv/docs/docs",
                        "drafts_path", "/srv/docs/drafts",
                        "folders_path", "/srv/docs/folders",
                        "users_path", "/srv/docs/users.json",
                        "tokens_path", "/srv/docs/tokens.json",
                        "domain", "example.org",
                        "path_template", "docs/{uuid}.md",
                        "default_mime_type", "text/markdown",
                        "durability", "none"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "relative",
                "./x",
                "/",
                "//",
                "/etc",
                "/etc/hermes",
                "/proc/self",
                "/sys",
                "/dev",
                "/dev/x",
                "/srv/../etc",
                "/srv/./docs",
                "/a\0b"
            })
    void refusesARootWhereNoDocumentsBelong(String base) {
        assertThat(problems(settings(Map.of("base_path", base))))
                .extracting(SettingProblem::key)
                .containsExactly("base_path");
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThat(problems(settings(
                        Map.of("bucket", "b", "durability", "maybe", "path_template", "{folder}", "docs_path", "/x"))))
                .extracting(SettingProblem::key)
                .containsExactly("bucket", "base_path", "durability", "path_template");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/docs", "/srv/docs-old", "/srv/docs/../x", "docs"})
    void refusesADocumentsPathOutsideTheRoot(String docs) {
        assertThat(problems(settings(Map.of("base_path", "/srv/docs", "docs_path", docs))))
                .extracting(SettingProblem::key)
                .containsExactly("docs_path");
    }

    private static List<SettingProblem> problems(StoreSettings settings) {
        return LocalSettings.problems(settings, AllowedRoots.everywhere());
    }

    private static StoreSettings settings(Map<String, String> config) {
        return new StoreSettings(new UUID(0, 1), "p", "local", true, config, Map.of(), Optional.empty());
    }
}
