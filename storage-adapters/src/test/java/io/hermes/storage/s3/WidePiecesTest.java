package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.testing.S3Server;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The SDK might come to build its channels in another order, and nothing but this would tell. */
class WidePiecesTest {

    private static final int NARROW = 8 * 1024;
    private static final int SIZE = 4 << 20;
    private static final DocumentKey KEY = new DocumentKey("wide.bin");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aBodyComesInWiderPiecesThanTheCodecsOwn() {
        try (S3Server server = S3Server.start("documents");
                S3StoreFactory factory = new S3StoreFactory();
                DocumentStore store = factory.open(S3StoreSettings.on(server).build())) {
            // Given
            store.write(new WriteRequest(
                            KEY,
                            new DocumentContent.Whole(ByteBuffer.allocate(SIZE)),
                            Optional.empty(),
                            DocumentMetadata.NONE,
                            Optional.empty(),
                            Precondition.none()))
                    .await()
                    .atMost(PATIENCE);

            // When
            DocumentContent content = store.read(ReadRequest.latest(KEY, 0))
                    .await()
                    .atMost(PATIENCE)
                    .content();
            List<Integer> pieces = ((DocumentContent.Streamed) content)
                    .bytes()
                    .map(ByteBuffer::remaining)
                    .collect()
                    .asList()
                    .await()
                    .atMost(PATIENCE);

            // Then
            assertThat(pieces).anyMatch(length -> length > NARROW).allMatch(length -> length <= WidePieces.MOST_BYTES);
            assertThat(pieces.stream().mapToInt(Integer::intValue).sum()).isEqualTo(SIZE);
        }
    }
}
