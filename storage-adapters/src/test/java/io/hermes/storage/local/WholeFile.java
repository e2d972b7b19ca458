package io.hermes.storage.local;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.WriteRequest;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Writes a document that is one buffer and reads it into one. Run by a fork. */
public final class WholeFile {

    private static final DocumentKey KEY = new DocumentKey("whole.bin");

    private WholeFile() {}

    /** Arguments: folder, bytes. */
    public static void main(String[] args) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.parseInt(args[1])).putInt(0, 7);
        try (DocumentStore store = LocalContract.open(Path.of(args[0]), Map.of("durability", "none"))) {
            await(store.write(new WriteRequest(
                    KEY,
                    new DocumentContent.Whole(bytes),
                    Optional.of(ContentHash.of(bytes)),
                    DocumentMetadata.NONE,
                    Optional.empty(),
                    Precondition.ifAbsent())));
            DocumentContent read =
                    await(store.read(ReadRequest.latest(KEY, bytes.capacity()))).content();
            if (!(read instanceof DocumentContent.Whole(ByteBuffer back)) || !back.equals(bytes)) {
                throw new IllegalStateException("other bytes came back");
            }
            System.out.println("moved " + back.remaining() + " bytes");
        }
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofMinutes(2));
    }
}
