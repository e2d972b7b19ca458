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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a document that is one buffer, reads it into one, and says by how much the process grew. Run by a fork, whose heap has been
 * there from the beginning. Newer JDKs count what file channels hold nowhere, so the kernel is asked.
 */
public final class WholeFile {

    static final Path STATUS = Path.of("/proc/self/status");

    private WholeFile() {}

    /** Arguments: folder, bytes. */
    public static void main(String[] args) throws IOException {
        try (DocumentStore store = LocalContract.open(Path.of(args[0]), Map.of("durability", "none"))) {
            // Loads the classes, which are not meant.
            move(store, new DocumentKey("small.bin"), ByteBuffer.allocate(Long.BYTES));
            ByteBuffer bytes = ByteBuffer.allocate(Integer.parseInt(args[1]));
            long before = resident();
            move(store, new DocumentKey("whole.bin"), bytes);
            System.out.println("moved " + bytes.capacity());
            System.out.println("grew " + (resident() - before));
        }
    }

    private static void move(DocumentStore store, DocumentKey key, ByteBuffer bytes) {
        bytes.putInt(0, 7);
        await(store.write(new WriteRequest(
                key,
                new DocumentContent.Whole(bytes),
                Optional.of(ContentHash.of(bytes)),
                DocumentMetadata.NONE,
                Optional.empty(),
                Precondition.ifAbsent())));
        DocumentContent read =
                await(store.read(ReadRequest.latest(key, bytes.capacity()))).content();
        if (!(read instanceof DocumentContent.Whole(ByteBuffer back)) || !back.equals(bytes)) {
            throw new IllegalStateException("other bytes came back");
        }
    }

    private static long resident() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findAny()
                .orElseThrow();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofMinutes(2));
    }
}
