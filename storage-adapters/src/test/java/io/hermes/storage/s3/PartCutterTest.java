package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartCutterTest {

    private static final int PART = 10;

    /** Pieces lie across the borders of parts. */
    private static final List<ByteBuffer> PIECES = pieces(7, 7, 7, 4);

    private final PartCutter cutter = new PartCutter(new DocumentKey("large.bin"), 25, PART);
    private final AssertSubscriber<PartCutter.Part> reader = cutter.parts(
                    new DocumentContent.Streamed(25, Multi.createFrom().iterable(PIECES)))
            .subscribe()
            .withSubscriber(AssertSubscriber.create(0));

    @Test
    void aPartThatIsNotGivenBackKeepsItsBytes() {
        // When
        reader.request(Long.MAX_VALUE);

        // Then
        assertThat(reader.assertCompleted().getItems())
                .map(PartCutter.Part::bytes)
                .containsExactly(from(0, 10), from(10, 20), from(20, 25));
        assertThat(cutter.hash()).isEqualTo(ContentHash.of(from(0, 25)));
    }

    @Test
    void theBufferOfAPartThatIsGivenBackHoldsALaterOne() {
        // Given
        reader.request(1);
        ByteBuffer first = reader.getItems().getFirst().bytes();
        cutter.reuse(reader.getItems().getFirst());

        // When
        reader.request(Long.MAX_VALUE);

        // Then
        List<PartCutter.Part> parts = reader.assertCompleted().getItems();
        assertThat(parts.get(1).bytes()).isEqualTo(from(10, 20));
        assertThat(parts.get(2).bytes()).isEqualTo(from(20, 25));
        assertThat(parts)
                .filteredOn(part -> part.bytes().array() == first.array())
                .hasSize(2);
        assertThat(cutter.hash()).isEqualTo(ContentHash.of(from(0, 25)));
    }

    private static List<ByteBuffer> pieces(int... lengths) {
        int[] at = {0};
        return IntStream.of(lengths)
                .mapToObj(length -> from(at[0], at[0] += length))
                .toList();
    }

    private static ByteBuffer from(int begin, int end) {
        ByteBuffer bytes = ByteBuffer.allocate(end - begin);
        IntStream.range(begin, end).forEach(value -> bytes.put((byte) value));
        return bytes.flip();
    }
}
