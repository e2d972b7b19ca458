package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Pace;
import io.hermes.storage.Precondition;
import io.hermes.storage.Rates;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StoreAssembly;
import io.hermes.storage.WriteRequest;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A real server is asked no faster than its provider allows, by the clock on the wall: never more than the rate, what comes at once after a
 * pause (a quarter of a second's) and the one turn that goes into debt. A slow machine asks less, so that only the upper bound is a test.
 */
class S3RateTest extends ThroughFaults {

    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;
    private static final double AT_ONCE = 0.25;
    private static final int TOGETHER = 16;

    private final Pace pace = Pace.unlimited("p");
    private DocumentStore paced;

    private void open(Rates rates) {
        pace.limit(rates);
        paced = new StoreAssembly(List.of(factory), List.of()).open(settings().build(), pace);
    }

    @AfterEach
    void closePaced() {
        paced.close();
    }

    /** Makes so many calls, so many at a time, and tells how many seconds that took. */
    private static double secondsOf(int calls, IntFunction<Uni<?>> call) {
        long start = System.nanoTime();
        List<Uni<Void>> all = IntStream.range(0, calls)
                .mapToObj(number -> call.apply(number).replaceWithVoid())
                .toList();
        await(Uni.join().all(all).usingConcurrencyOf(TOGETHER).andFailFast());
        return (System.nanoTime() - start) / 1e9;
    }

    @Test
    void noMoreRequestsGoOutThanAreAllowed() {
        plant(KEY, BYTES);
        open(new Rates(100, NO_LIMIT));

        double seconds = secondsOf(300, number -> paced.stat(KEY));

        assertThat(proxy.requests()).hasSize(300);
        assertThat(300.0).isLessThan(100 * (seconds + AT_ONCE) + 1);
    }

    @Test
    void noMoreBytesAreWrittenThanAreAllowed() {
        open(new Rates(NO_LIMIT, MIB));

        double seconds = secondsOf(12, number -> paced.write(quarterOfAMebibyte(number)));

        assertThat(3.0 * MIB).isLessThan(MIB * (seconds + AT_ONCE) + MIB / 4);
    }

    @Test
    void noMoreBytesAreReadThanAreAllowedInOnePieceOrAsAStream() {
        plant(KEY, new byte[MIB / 4]);
        open(new Rates(NO_LIMIT, MIB));

        double whole = secondsOf(12, number -> paced.read(ReadRequest.latest(KEY, MIB)));
        double streamed = secondsOf(
                12,
                number -> paced.read(ReadRequest.latest(KEY, 0))
                        .chain(open -> ((DocumentContent.Streamed) open.content())
                                .bytes()
                                .onItem()
                                .ignoreAsUni()));

        // How long the first are is known when they are there, so that several may pass together. Those after them pay
        // for it.
        assertThat(6.0 * MIB).isLessThan(MIB * (whole + streamed + AT_ONCE) + MIB / 4.0);
    }

    @Test
    void aLargeDocumentIsWrittenByPartsNoFasterThanIsAllowed() {
        open(new Rates(NO_LIMIT, 6 * MIB));

        double seconds = secondsOf(1, number -> paced.write(large()));

        assertThat(12.0 * MIB).isLessThan(6 * MIB * (seconds + AT_ONCE) + MIB);
    }

    private static WriteRequest quarterOfAMebibyte(int number) {
        return new WriteRequest(
                new DocumentKey("d" + number),
                new DocumentContent.Whole(ByteBuffer.allocate(MIB / 4)),
                Optional.empty(),
                DocumentMetadata.NONE,
                Optional.of(MARKER),
                Precondition.none());
    }
}
