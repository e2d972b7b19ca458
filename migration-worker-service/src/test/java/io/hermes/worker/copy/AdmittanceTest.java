package io.hermes.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.task.CopyTask.ContentFilter;
import io.hermes.storage.DocumentMetadata;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmittanceTest {

    private static final Set<String> ANY = Set.of();
    private static final DocumentMetadata DOCUMENT = new DocumentMetadata.Builder()
            .workflowStatus("Published")
            .type("RFC")
            .project("atlas")
            .tags(List.of("storage", "kafka"))
            .build();

    @Test
    void noFilterLetsEverythingPass() {
        assertThat(Admittance.passes(null, DocumentMetadata.NONE)).isTrue();
        assertThat(Admittance.passes(new ContentFilter(ANY, ANY, ANY, ANY, ANY), DocumentMetadata.NONE))
                .isTrue();
    }

    @Test
    void everyPartMustPass() {
        assertThat(passes(Set.of("Published"), Set.of("RFC"), Set.of("atlas"), Set.of("zeus"), Set.of("kafka")))
                .isTrue();
        assertThat(passes(Set.of("Draft"), ANY, ANY, ANY, ANY)).isFalse();
        assertThat(passes(ANY, Set.of("Memo"), ANY, ANY, ANY)).isFalse();
        assertThat(passes(ANY, ANY, Set.of("zeus"), ANY, ANY)).isFalse();
        assertThat(passes(ANY, ANY, ANY, Set.of("atlas"), ANY)).isFalse();
        assertThat(passes(ANY, ANY, ANY, ANY, Set.of("other"))).isFalse();
    }

    @Test
    void whatIsUnknownMatchesNoWordAndIsNotExcluded() {
        ContentFilter wanting = new ContentFilter(Set.of("Published"), ANY, ANY, ANY, ANY);
        ContentFilter excluding = new ContentFilter(ANY, ANY, ANY, Set.of("atlas"), ANY);

        assertThat(Admittance.passes(wanting, DocumentMetadata.NONE)).isFalse();
        assertThat(Admittance.passes(excluding, DocumentMetadata.NONE)).isTrue();
    }

    private static boolean passes(
            Set<String> statuses, Set<String> types, Set<String> projects, Set<String> not, Set<String> tags) {
        return Admittance.passes(new ContentFilter(statuses, types, projects, not, tags), DOCUMENT);
    }
}
