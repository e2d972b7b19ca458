package io.hermes.storage.local;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies a file full of holes, far larger than its heap, or collects it. Run by a fork. */
public final class SparseFile {

    private static final long MIB = 1 << 20;
    private static final DocumentKey FIRST = new DocumentKey("sparse.bin");
    private static final DocumentKey SECOND = new DocumentKey("copy-of-sparse.bin");

    private SparseFile() {}

    /** Arguments: folder, mebibytes, {@code streaming} or {@code collecting}. */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        long size = Long.parseLong(args[1]) * MIB;
        try (RandomAccessFile file =
                new RandomAccessFile(root.resolve(FIRST.value()).toFile(), "rw")) {
            file.setLength(size);
            file.seek(size - 1);
            file.write('x');
        }
        try (DocumentStore store = LocalContract.open(root, Map.of("durability", "none"))) {
            if (args[2].equals("collecting")) {
                System.out.println("collecting");
                List<ByteBuffer> all =
                        await(streamed(store, FIRST).bytes().collect().asList());
                System.out.println("collected " + all.size() + " pieces");
                return;
            }
            Written copied = await(store.write(new WriteRequest(
                    SECOND,
                    streamed(store, FIRST),
                    Optional.empty(),
                    DocumentMetadata.NONE,
                    Optional.empty(),
                    Precondition.ifAbsent())));
            if (copied.size() != size || !copied.hash().equals(hashOf(size))) {
                throw new IllegalStateException("other bytes arrived");
            }
            System.out.println("copied " + copied.size() + " bytes");
        }
    }

    private static ContentHash hashOf(long size) {
        MessageDigest digest = ContentHash.newDigest();
        byte[] zeros = new byte[(int) MIB];
        for (long left = size; left > MIB; left -= MIB) {
            digest.update(zeros);
        }
        zeros[zeros.length - 1] = 'x';
        digest.update(zeros);
        return ContentHash.finish(digest);
    }

    private static DocumentContent.Streamed streamed(DocumentStore store, DocumentKey key) {
        return (DocumentContent.Streamed)
                await(store.read(ReadRequest.latest(key, MIB))).content();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofMinutes(15));
    }
}
