package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Faults.Framing;
import io.hermes.storage.testing.HttpHeaders;
import io.hermes.storage.testing.Requests;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies and heads that are not what the server meant. Nothing shorter, longer or headless passes for a document. */
class S3FaultyReadsTest extends ThroughFaults {

    /** All of them may be tried again. {@code INTERNAL} is a body without a length, which is refused unseen. */
    private static final Set<ErrorKind> BROKEN =
            EnumSet.of(ErrorKind.UNAVAILABLE, ErrorKind.CONTENT_TRUNCATED, ErrorKind.INTERNAL);

    private static final byte[] LARGE = new byte[10 * MIB];
    private static final Requests BODY = Requests.of("GET").key(KEY.value());

    @ParameterizedTest
    @EnumSource(names = "SHORTER_LENGTH", mode = EnumSource.Mode.EXCLUDE)
    void aBodyThatIsCutNeverPasses(Framing framing) {
        // Given a cut in the middle and one where a part ended when it was uploaded
        plant(KEY, LARGE);
        for (long at : new long[] {3_000_000, 5L * MIB}) {
            proxy.on(BODY, Faults.truncate(at, framing));

            // Then
            assertThat(kindOfRead(Integer.MAX_VALUE)).isIn(BROKEN);
            assertThat(kindOfRead(MIB)).isIn(BROKEN);
        }
    }

    /** The wire is consistent, so only who knows the size from elsewhere can tell: the listing, a stat, the worker's item. */
    @Test
    void aConsistentShorterBodySaysItsSize() {
        plant(KEY, LARGE);
        proxy.on(BODY, Faults.truncate(1000, Framing.SHORTER_LENGTH));
        OpenDocument read = await(store.read(ReadRequest.latest(KEY, MIB)));
        assertThat(read.stat().size()).isEqualTo(1000);
        assertThat(await(store.stat(KEY)).size()).isEqualTo(LARGE.length);
    }

    @Test
    void aResetInTheMiddleIsUnavailable() {
        plant(KEY, LARGE);
        proxy.on(BODY, Faults.reset(2_000_000));
        assertThat(kindOfRead(Integer.MAX_VALUE)).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(kindOfRead(MIB)).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    /**
     * S3 sends no hash that the adapter could hold against the bytes. The hash in the metadata is ours and tells whoever compares,
     * which every copy does: the worker hashes what it reads, and reads back what it could not prove.
     */
    @Test
    void aFlippedBitIsSeenByTheHashAlone() {
        await(store.write(small(Precondition.none())));
        proxy.on(BODY, Faults.flipInReply(3));
        DocumentContent.Whole read = (DocumentContent.Whole)
                await(store.read(ReadRequest.latest(KEY, MIB))).content();
        ContentHash kept = ContentHash.parse("sha256:" + keptHash());
        assertThat(ContentHash.of(read.bytes())).isNotEqualTo(kept);
        assertThat(ContentHash.of(java.nio.ByteBuffer.wrap(BYTES))).isEqualTo(kept);
    }

    /** Where the store keeps a checksum, the read itself fails, and may be tried again. */
    @Test
    void aFlippedByteDoesNotFitTheStoresChecksum() {
        reopen(settings().measured(new Measured(Set.of(Feature.WRITE, Feature.CHECKSUMS))));
        await(store.write(small(Precondition.none())));
        proxy.on(BODY, Faults.flipInReply(3));
        assertThat(kindOfRead(MIB)).isEqualTo(ErrorKind.CONTENT_MISMATCH);
        assertThat(kindOfRead(0)).isEqualTo(ErrorKind.CONTENT_MISMATCH);
    }

    private static String keptHash() {
        return bystander
                .headObject(head -> head.bucket(server.bucket()).key(KEY.value()))
                .join()
                .metadata()
                .get("hermes-sha256");
    }

    static Stream<Fault> headsThatLackSomething() {
        return Stream.of(
                heads(headers -> headers.without("ETag")),
                heads(headers -> headers.without("Last-Modified")),
                heads(headers -> headers.with("Last-Modified", "yesterday, I think")),
                heads(headers -> headers.without("Content-Length").with("Connection", "close")),
                heads(headers -> headers.and("Content-Length", "7")),
                heads(headers -> headers.with("Content-Range", "bytes 0-22/4711")));
    }

    @ParameterizedTest
    @MethodSource("headsThatLackSomething")
    void aHeadThatLacksSomethingIsNoDocument(Fault fault) {
        // One that is so small counts as sent when it is answered, so that both time-outs add up.
        reopen(settings().with("request_timeout_seconds", "2").with("connection_timeout_seconds", "5"));
        plant(KEY, BYTES);
        proxy.on(BODY, fault);
        StorageException failure = failureOf(store.read(ReadRequest.latest(KEY, MIB)));
        assertThat(failure.kind())
                .as(failure.getMessage())
                // The HTTP client drops a head with two lengths without a word; the idle time-out ends the wait.
                .isIn(ErrorKind.INTERNAL, ErrorKind.UNAVAILABLE, ErrorKind.CONTENT_TRUNCATED, ErrorKind.TIMEOUT);
        assertThat(failure).hasNoCause();
    }

    @Test
    void aHeadThatLacksSomethingIsNoStat() {
        plant(KEY, BYTES);
        Requests head = Requests.of("HEAD");
        proxy.on(head.nth(1), heads(headers -> headers.without("ETag")));
        proxy.on(head.nth(2), heads(headers -> headers.without("Last-Modified")));
        proxy.on(head.nth(3), heads(headers -> headers.with("Last-Modified", "?")));
        proxy.on(head.nth(4), heads(headers -> headers.without("Content-Length").with("Connection", "close")));
        for (int time = 0; time < 4; time++) {
            assertThat(failureOf(store.stat(KEY)).kind()).isIn(ErrorKind.INTERNAL, ErrorKind.UNAVAILABLE);
        }
        assertThat(await(store.stat(KEY)).size()).isEqualTo(BYTES.length);
    }

    @Test
    void anotherRevisionThanWasPinnedIsAChangeEvenWhereTheServerDoesNotSaySo() {
        plant(KEY, BYTES);
        ReadRequest pinned =
                new ReadRequest(KEY, Optional.of(await(store.stat(KEY)).revision()), MIB);
        proxy.on(BODY, heads(headers -> headers.with("ETag", "\"of-another-object\"")));
        assertThat(failureOf(store.read(pinned)).kind()).isEqualTo(ErrorKind.CHANGED);
    }

    @Test
    void oneFailureInThreeIsNone() {
        plant(KEY, BYTES);
        reopen(settings().with("retry_max_attempts", "3"));
        proxy.on(BODY.first(1), Faults.error(503, "SlowDown"));
        proxy.on(BODY.nth(2), Faults.truncate(5, Framing.KEEPS_LENGTH));
        assertThat(((DocumentContent.Whole)
                                await(store.read(ReadRequest.latest(KEY, MIB))).content())
                        .bytes()
                        .remaining())
                .isEqualTo(BYTES.length);
    }

    private static Fault heads(UnaryOperator<HttpHeaders> change) {
        return Faults.headers(change);
    }

    /** The kind of the failure, wherever it shows: at once for a whole body, in the stream for a streamed one. */
    private ErrorKind kindOfRead(long wholeUpTo) {
        try {
            OpenDocument open = await(store.read(ReadRequest.latest(KEY, wholeUpTo)));
            return streamFailure(open).kind();
        } catch (StorageException atOnce) {
            return atOnce.kind();
        }
    }
}
