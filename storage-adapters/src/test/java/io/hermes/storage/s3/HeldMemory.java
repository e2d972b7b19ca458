package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Precondition;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Writes to a store that takes no bytes, and says what is held meanwhile. Run by a fork, whose heap holds nothing else. */
public final class HeldMemory {

    private static final int MIB = 1 << 20;
    private static final int PIECES = 500;
    /** As many parts as are sent at once, by default, each of the default size. */
    private static final long FLIGHT = 5L * 8 * MIB;

    /** Not all that the SDK may hold is there at once. */
    private static final int SAMPLES = 20;

    private static final Requests WRITE = Requests.of("PUT").key("held.bin");

    private HeldMemory() {}

    /** Arguments: endpoint, bucket, access key, secret key, {@code whole} or {@code streamed}. */
    public static void main(String[] args) {
        try (FaultProxy proxy = FaultProxy.before(args[0]);
                S3StoreFactory factory = new S3StoreFactory();
                DocumentStore store =
                        factory.open(S3StoreSettings.at(proxy.endpoint(), "us-east-1", args[1], args[2], args[3])
                                .with("request_timeout_seconds", "120")
                                .build())) {
            proxy.on(WRITE, Faults.deafness()).orNever();
            if (args[4].equals("whole")) {
                whole(store, proxy);
            } else {
                streamed(store);
            }
        }
    }

    private static void streamed(DocumentStore store) {
        AtomicLong given = new AtomicLong();
        long before = held();
        Cancellable write = begin(store, made(given));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> given.get() >= FLIGHT);
        System.out.println("declared " + store.capabilities().streamBufferBytes());
        System.out.println("taken " + given.get());
        System.out.println("held " + (most() - before));
        write.cancel();
    }

    /** The caller's buffer is not meant. */
    private static void whole(DocumentStore store, FaultProxy proxy) {
        long size = store.capabilities().wholeWriteBytes();
        DocumentContent content = new DocumentContent.Whole(ByteBuffer.allocate((int) size));
        long before = held();
        Cancellable write = begin(store, content);
        // What the signer needs is there before the request is.
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> proxy.count(WRITE) > 0);
        System.out.println("size " + size);
        System.out.println("declared " + store.capabilities().wholeWriteCopies() * size);
        System.out.println("held " + (most() - before));
        write.cancel();
    }

    private static Cancellable begin(DocumentStore store, DocumentContent content) {
        return store.write(new WriteRequest(
                        new DocumentKey("held.bin"),
                        content,
                        Optional.empty(),
                        DocumentMetadata.NONE,
                        Optional.empty(),
                        Precondition.none()))
                .subscribe()
                .with(written -> fail("it was written"), failure -> fail("it failed: " + failure));
    }

    private static long most() {
        long most = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            most = Math.max(most, held());
        }
        return most;
    }

    private static void fail(String how) {
        System.out.println(how);
    }

    private static DocumentContent made(AtomicLong given) {
        return new DocumentContent.Streamed(
                (long) PIECES * MIB, Multi.createFrom().range(0, PIECES).map(number -> {
                    given.addAndGet(MIB);
                    return ByteBuffer.allocate(MIB);
                }));
    }

    /** What lives on the heap. */
    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
