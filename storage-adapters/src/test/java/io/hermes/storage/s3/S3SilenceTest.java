package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that say nothing, and readers and networks that are merely slow. The idle time-out is one second unless a test says otherwise. */
class S3SilenceTest extends ThroughFaults {

    private static final Requests PUT = Requests.of("PUT").key(KEY.value());
    private static final Requests GET = Requests.of("GET").key(KEY.value());

    @Override
    S3StoreSettings settings() {
        return super.settings().with("request_timeout_seconds", "1").with("connection_timeout_seconds", "1");
    }

    @Test
    void noAnswerIsATimeout() {
        proxy.on(Requests.all(), Faults.silence());
        assertThat(failureOf(store.stat(KEY)).kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(failureOf(store.write(small(Precondition.none()))).kind()).isEqualTo(ErrorKind.TIMEOUT);
    }

    @Test
    void aBodyThatNobodyTakesIsATimeout() {
        proxy.on(Requests.of("PUT").query("partNumber"), Faults.deafness());
        assertThat(failureOf(store.write(large())).kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(held(KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aPortBehindWhichNobodyIsIsATimeout(String scheme) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                DocumentStore nobody = factory.open(settings()
                        .with("endpoint", scheme + "://127.0.0.1:" + silent.getLocalPort())
                        .build())) {
            assertThat(failureOf(nobody.stat(KEY)).kind()).isIn(ErrorKind.TIMEOUT, ErrorKind.UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {MIB, 16 * MIB})
    void aBodyThatStopsIsATimeout(int wholeUpTo) {
        plant(KEY, new byte[8 * MIB]);
        proxy.on(GET, Faults.stall(3_000_000));
        assertThat(kindOfRead(wholeUpTo)).isEqualTo(ErrorKind.TIMEOUT);
    }

    private ErrorKind kindOfRead(int wholeUpTo) {
        try {
            return streamFailure(await(store.read(ReadRequest.latest(KEY, wholeUpTo))))
                    .kind();
        } catch (StorageException atOnce) {
            return atOnce.kind();
        }
    }

    /** Slow is not silent. What the machine's own buffers hold counts as sent, so the body is larger than these. */
    @Test
    void aSlowTransferTakesItsTime() {
        reopen(settings().with("request_timeout_seconds", "15"));
        proxy.on(PUT, Faults.slowRequest(MIB));
        proxy.on(GET, Faults.slowReply(MIB));
        byte[] bytes = new byte[20 * MIB];
        Duration patience = Duration.ofMinutes(5);
        store.write(request(new DocumentContent.Whole(ByteBuffer.wrap(bytes)), Precondition.none()))
                .await()
                .atMost(patience);
        DocumentContent read = store.read(ReadRequest.latest(KEY, bytes.length))
                .await()
                .atMost(patience)
                .content();
        assertThat(((DocumentContent.Whole) read).bytes()).isEqualTo(ByteBuffer.wrap(bytes));
    }

    /** Back-pressure is our own doing. */
    @Test
    void aReaderMayTakeItsTime() {
        plant(KEY, new byte[16 * MIB]);
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        AtomicInteger pieces = new AtomicInteger();
        long read = await(((DocumentContent.Streamed) document.content())
                .bytes()
                .onItem()
                .transformToUniAndConcatenate(piece -> pieces.getAndIncrement() == 20
                        ? Uni.createFrom().item(piece).onItem().delayIt().by(Duration.ofSeconds(3))
                        : Uni.createFrom().item(piece))
                .onItem()
                .transform(piece -> (long) piece.remaining())
                .collect()
                .in(() -> new long[1], (sum, size) -> sum[0] += size)
                .map(sum -> sum[0]));
        assertThat(read).isEqualTo(16L * MIB);
    }

    /** The whole way: a slow destination keeps the source waiting for three times its idle time-out. */
    @Test
    void aSlowDestinationDoesNotBreakItsSource() {
        DocumentKey source = new DocumentKey("source.bin");
        plant(source, new byte[16 * MIB]);
        proxy.on(Requests.of("PUT").query("partNumber"), Faults.delay(Duration.ofMillis(900)));
        try (DocumentStore patient =
                factory.open(settings().with("request_timeout_seconds", "30").build())) {
            DocumentContent.Streamed content = (DocumentContent.Streamed)
                    await(store.read(ReadRequest.latest(source, MIB))).content();
            await(patient.write(request(content, Precondition.none())));
        }
        assertThat(held(KEY)).hasValue(new byte[16 * MIB]);
    }

    @Test
    void hangingRequestsCostNoThreads() {
        proxy.on(Requests.all(), Faults.silence());
        int before = threads();
        long failed = await(Multi.createFrom()
                .range(0, 200)
                .onItem()
                .transformToUni(number -> store.stat(new DocumentKey("hanging-" + number))
                        .replaceWith(0L)
                        .onFailure()
                        .recoverWithItem(1L))
                .merge(200)
                .invoke(() -> assertThat(threads()).isLessThan(before + 20))
                .collect()
                .in(() -> new long[1], (sum, one) -> sum[0] += one)
                .map(sum -> sum[0]));
        assertThat(failed).isEqualTo(200);
    }

    /** Ours and everybody's, but virtual ones, which are the proxy's. */
    private static int threads() {
        return Thread.getAllStackTraces().size();
    }

    /** A fresh client each time: it loses sight of a connection only before it has seen one. */
    @Test
    void aRefusedConnectionIsToldAtOnce() {
        proxy.refuseConnections();
        S3StoreSettings patient = settings().with("retry_max_attempts", "3").with("connection_timeout_seconds", "60");
        List<ErrorKind> told = await(Multi.createFrom()
                .range(0, 50)
                .onItem()
                .transformToUni(number -> refused(patient))
                .merge(5)
                .collect()
                .asList()
                .ifNoItem()
                .after(PATIENCE)
                .fail());
        assertThat(told).hasSize(50).containsOnly(ErrorKind.UNAVAILABLE);
    }

    private static Uni<ErrorKind> refused(S3StoreSettings settings) {
        S3StoreFactory fresh = new S3StoreFactory();
        DocumentStore nobody = fresh.open(settings.build());
        return nobody.stat(KEY)
                .map(found -> ErrorKind.INTERNAL)
                .onFailure(StorageException.class)
                .recoverWithItem(failure -> ((StorageException) failure).kind())
                .onTermination()
                .invoke(() -> {
                    nobody.close();
                    fresh.close();
                });
    }

    @Test
    void comesBackWithTheServer() {
        reopen(super.settings());
        plant(KEY, BYTES);
        await(store.stat(KEY));
        proxy.refuseConnections();
        assertThat(failureOf(store.stat(KEY)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        proxy.acceptConnections();
        assertThat(await(store.stat(KEY)).size()).isEqualTo(BYTES.length);
    }

    /** More requests than connections, answered faster than the client notes that it has sent them. */
    @Test
    void thousandsOfDeletionsAtOnce() {
        proxy.on(Requests.of("DELETE"), Faults.status(204));
        reopen(settings().with("connection_timeout_seconds", "30").with("request_timeout_seconds", "30"));
        await(Multi.createFrom()
                .range(0, 4000)
                .onItem()
                .transformToUni(number -> store.delete(new DocumentKey("gone-" + number), Precondition.none()))
                .merge(4000)
                .onItem()
                .ignoreAsUni());
    }
}
