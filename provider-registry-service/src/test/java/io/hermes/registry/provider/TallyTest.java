package io.hermes.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ListPage;
import io.hermes.storage.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    private void add(Stream<String> keys) {
        tally.add(new ListPage(
                keys.map(key -> new ListPage.Entry(new DocumentKey(key), 10, Instant.EPOCH, Revision.of("r")))
                        .toList(),
                List.of(new ListPage.Rejected("..", "is no key")),
                Optional.empty()));
    }

    @Test
    void documentsAreToldApartByWhatTheirNamesEndWith() {
        add(Stream.of(
                "a.pdf",
                "b/c.PDF",
                "b.c/readme",
                ".hidden",
                "ends-with.",
                "a.tar.gz",
                "a.no extension",
                "a.ärzte",
                "a.longer-than-anybody-would-write"));

        assertThat(tally.documents()).isEqualTo(9);
        assertThat(tally.bytes()).isEqualTo(90);
        assertThat(tally.others()).isEqualTo(1);
        assertThat(tally.shares())
                .containsExactly(
                        new Share("(none)", 5, 50),
                        new Share("pdf", 2, 20),
                        new Share("gz", 1, 10),
                        new Share("ärzte", 1, 10));
    }

    @Test
    void tooManyExtensionsAreTakenTogether() {
        add(IntStream.range(0, 5000).mapToObj(number -> "a.x" + number));
        add(Stream.of("a.x1", "b.x1", "c.x1"));

        assertThat(tally.shares()).hasSize(21);
        assertThat(tally.shares()).first().isEqualTo(new Share("x1", 4, 40));
        assertThat(tally.shares()).last().isEqualTo(new Share("(other)", 5003 - 4 - 19, 10 * (5003 - 4 - 19)));
        assertThat(tally.documents()).isEqualTo(5003);
    }
}
