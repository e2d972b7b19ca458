package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ReadRequest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Reads a large document as far as its first range, takes no more, and says what is held meanwhile. Run by a fork. */
public final class HeldRanges {

    /** Answers are collected somewhat later than they arrive. */
    private static final int SAMPLES = 20;

    private HeldRanges() {}

    /** Arguments: endpoint, bucket, access key, secret key, key. */
    public static void main(String[] args) {
        S3StoreSettings settings = S3StoreSettings.at(args[0], "us-east-1", args[1], args[2], args[3])
                .with("request_timeout_seconds", "120");
        try (S3StoreFactory factory = new S3StoreFactory();
                DocumentStore store = factory.open(settings.build())) {
            // Loads the client's classes, which are not meant.
            streamed(store, new DocumentKey(args[4]))
                    .bytes()
                    .select()
                    .first(2)
                    .collect()
                    .asList()
                    .await()
                    .atMost(Duration.ofMinutes(1));
            long before = held();
            AssertSubscriber<ByteBuffer> reader = streamed(store, new DocumentKey(args[4]))
                    .bytes()
                    .subscribe()
                    .withSubscriber(AssertSubscriber.create(0));
            long taken = 0;
            while (taken < 2L * RangedBody.RANGE) {
                taken += reader.awaitNextItem(Duration.ofMinutes(1))
                        .getLastItem()
                        .remaining();
            }
            long most = 0;
            for (int sample = 0; sample < SAMPLES; sample++) {
                most = Math.max(most, held());
            }
            System.out.println("declared " + store.capabilities().readAheadBytes());
            System.out.println("taken " + taken);
            System.out.println("held " + (most - before));
            reader.cancel();
        }
    }

    private static DocumentContent.Streamed streamed(DocumentStore store, DocumentKey key) {
        return (DocumentContent.Streamed) store.read(ReadRequest.latest(key, 1))
                .await()
                .atMost(Duration.ofMinutes(1))
                .content();
    }

    /** What lives on the heap. */
    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
