package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Moves a document far larger than its heap: made on the way, written, read back, copied to another key; or collects what an earlier
 * run has written. Run by a fork.
 */
public final class HugeDocument {

    private static final int MIB = 1 << 20;
    private static final DocumentKey FIRST = new DocumentKey("huge.bin");
    private static final DocumentKey SECOND = new DocumentKey("copy-of-huge.bin");

    private HugeDocument() {}

    /** Arguments: endpoint, bucket, access key, secret key, mebibytes, {@code streaming} or {@code collecting}. */
    public static void main(String[] args) {
        S3StoreSettings settings = S3StoreSettings.at(args[0], "us-east-1", args[1], args[2], args[3]);
        int mebibytes = Integer.parseInt(args[4]);
        try (S3StoreFactory factory = new S3StoreFactory();
                DocumentStore store = factory.open(settings.build())) {
            if (args[5].equals("collecting")) {
                System.out.println("collecting");
                List<ByteBuffer> all =
                        await(streamed(store, FIRST).bytes().collect().asList());
                System.out.println("collected " + all.size() + " pieces");
                return;
            }
            Written written = await(store.write(request(FIRST, made(mebibytes))));
            Written copied = await(store.write(request(SECOND, streamed(store, FIRST))));
            ContentHash back = hashOf(streamed(store, SECOND));
            if (!written.hash().equals(copied.hash()) || !written.hash().equals(back)) {
                throw new IllegalStateException("other bytes came back");
            }
            System.out.println("moved " + copied.size() + " bytes");
        }
    }

    private static DocumentContent.Streamed made(int mebibytes) {
        return new DocumentContent.Streamed(
                (long) mebibytes * MIB,
                Multi.createFrom()
                        .range(0, mebibytes)
                        .map(number -> ByteBuffer.allocate(MIB).putInt(0, number)));
    }

    private static DocumentContent.Streamed streamed(DocumentStore store, DocumentKey key) {
        return (DocumentContent.Streamed)
                await(store.read(ReadRequest.latest(key, MIB))).content();
    }

    private static ContentHash hashOf(DocumentContent.Streamed content) {
        MessageDigest digest = ContentHash.newDigest();
        await(content.bytes().invoke(digest::update).onItem().ignoreAsUni());
        return ContentHash.finish(digest);
    }

    private static WriteRequest request(DocumentKey key, DocumentContent content) {
        return new WriteRequest(
                key, content, Optional.empty(), DocumentMetadata.NONE, Optional.empty(), Precondition.none());
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofMinutes(10));
    }
}
