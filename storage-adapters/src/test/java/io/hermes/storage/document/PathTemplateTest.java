package io.hermes.storage.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    private static final UUID ID = UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc");
    private static final DocumentKey SOURCE = new DocumentKey("projects/a%20b/Plan B.MD");
    private static final Instant MODIFIED = Instant.parse("2023-12-31T23:59:59Z");
    private static final DocumentMetadata KNOWN = new DocumentMetadata.Builder()
            .name("Plan: \"B\" / 2?")
            .project("apollo")
            .type("RFC")
            .createdTime(Instant.parse("2019-05-06T00:00:00Z"))
            .build();

    @ParameterizedTest
    @CsvSource({
        "{uuid}.md,                    0193b2a4-7c11-7def-8abc-123456789abc.md",
        "{year}/{project}/{uuid}.{ext}, 2019/apollo/0193b2a4-7c11-7def-8abc-123456789abc.MD",
        "{project}/{type}/{name}.md,   apollo/RFC/Plan--B---2-.md",
        "old/{path},                   old/projects/a%20b/Plan B.MD",
    })
    void fillsEveryVariable(String template, String expected) {
        assertThat(render(template, KNOWN)).isEqualTo(expected);
    }

    @Test
    void saysUnknownAndFallsBackToTheFileNameAndTheModificationYear() {
        assertThat(render("{project}/{type}/{year}/{name}.{ext}", DocumentMetadata.NONE))
                .isEqualTo("unknown/unknown/2023/Plan-B.MD");
    }

    @Test
    void leavesTheDotOutWhereThereIsNoExtension() {
        assertThat(PathTemplate.parse("{uuid}.{ext}")
                        .render(ID, new DocumentKey("a.b/README"), DocumentMetadata.NONE, MODIFIED)
                        .value())
                .isEqualTo(ID.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc,  ..-..-etc",
        "..,         -",
        ".,          -",
        "' ',        -",
        "a/b,        a-b",
        "a\\b,       a-b",
        "'a\nb',     a-b",
        "%2e%2e%2f,  %2e%2e%2f",
    })
    void noValueLeavesItsSegment(String project, String expected) {
        assertThat(render(
                        "{project}/{uuid}",
                        new DocumentMetadata.Builder().project(project).build()))
                .isEqualTo(expected + "/" + ID);
    }

    @Test
    void namesOfOursAreRefused() {
        assertThatThrownBy(() -> render(
                        "{name}",
                        new DocumentMetadata.Builder().name(".hermes-tmp-1").build()))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.KEY_INVALID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fixed.md",
                "{project}.md",
                "{folder}/{uuid}",
                "{UUID}",
                "{uuid",
                "uuid}",
                "{}{uuid}",
                "{{uuid}}",
                "/{uuid}",
                "{uuid}/",
                "a//{uuid}",
                "../{uuid}",
                "./{uuid}",
                ".hermes-probe/{uuid}",
                "a\0{uuid}",
            })
    void aTemplateThatCannotWorkIsRefusedAtOnce(String template) {
        assertThatThrownBy(() -> PathTemplate.parse(template))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIG_INVALID));
        assertThat(PathTemplate.problemOf(template)).isPresent();
    }

    @Test
    void hasADefault() {
        assertThat(PathTemplate.DEFAULT).hasToString("{uuid}.md");
        assertThat(PathTemplate.problemOf("{uuid}.md")).isEmpty();
    }

    private static String render(String template, DocumentMetadata metadata) {
        return PathTemplate.parse(template)
                .render(ID, SOURCE, metadata, MODIFIED)
                .value();
    }
}
