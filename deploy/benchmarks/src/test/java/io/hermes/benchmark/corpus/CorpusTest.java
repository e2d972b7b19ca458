package io.hermes.benchmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hermes.benchmark.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

    @TempDir
    Path home;

    @Test
    void theSameSeedGivesTheSameDocuments() throws IOException {
        Corpus first = Corpus.small(home.resolve("first"), 250, 7);
        Corpus second = Corpus.small(home.resolve("second"), 250, 7);
        Corpus other = Corpus.small(home.resolve("other"), 250, 8);

        assertThat(second.bytes()).isEqualTo(first.bytes()).isNotEqualTo(other.bytes());
        assertThat(Files.mismatch(
                        first.folder().resolve("0002/document-0000249.bin"),
                        second.folder().resolve("0002/document-0000249.bin")))
                .isEqualTo(-1);
    }

    @Test
    void saysWhatThereIs() throws IOException {
        Corpus corpus = Corpus.small(home.resolve("small"), 250, 7);

        var contents = new Place.Folder(corpus.folder()).contents();

        assertThat(contents.documents()).isEqualTo(250);
        assertThat(contents.bytes()).isEqualTo(corpus.bytes());
    }

    @Test
    void whatAMoverKeepsForItselfIsNoDocument() throws IOException {
        Corpus corpus = Corpus.big(home.resolve("big"), 3_000_000, 7);
        Files.createDirectories(corpus.folder().resolve(".hermes-trash"));
        Files.write(corpus.folder().resolve(".hermes-trash/one"), new byte[9]);

        var contents = new Place.Folder(corpus.folder()).contents();

        assertThat(contents.documents()).isEqualTo(1);
        assertThat(contents.bytes()).isEqualTo(3_000_000);
    }

    @Test
    void mostDocumentsAreSmall() {
        SplittableRandom random = new SplittableRandom(7);
        int[] sizes =
                IntStream.range(0, 100_000).map(draw -> Sizes.draw(random)).toArray();

        assertThat(share(sizes, 1, 1 << 10)).isCloseTo(0.23, within(0.01));
        assertThat(share(sizes, 1 << 10, 16 << 10)).isCloseTo(0.57, within(0.01));
        assertThat(share(sizes, 16 << 10, 64 << 10)).isCloseTo(0.15, within(0.01));
        assertThat(share(sizes, 64 << 10, 256 << 10)).isCloseTo(0.045, within(0.005));
        assertThat(share(sizes, 256 << 10, 2 << 20)).isCloseTo(0.005, within(0.002));
    }

    private static double share(int[] sizes, int least, int bound) {
        return IntStream.of(sizes).filter(size -> size >= least && size < bound).count() / (double) sizes.length;
    }
}
