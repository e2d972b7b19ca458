package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Pace;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.Rates;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.StoreObserver;
import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.HandTurned;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every request of a store takes its turn, and what the server says about it is heard. Time stands still unless a test turns it. */
class S3PaceTest extends ThroughFaults {

    private final HandTurned time = new HandTurned();
    private final AtomicInteger throttled = new AtomicInteger();
    private final Pace pace = new Pace("p", time, new StoreObserver() {
        @Override
        public void ended(Call call) {}

        @Override
        public void throttled(String provider) {
            throttled.incrementAndGet();
        }
    });
    private DocumentStore paced;

    private DocumentStore open(S3StoreSettings settings) {
        paced = factory.open(settings.build(), pace);
        return paced;
    }

    @AfterEach
    void closePaced() {
        paced.close();
    }

    @Test
    void partsPagesAndRangesAreRequestsLikeAllOthers() {
        open(settings().with("download_concurrency", "3"));
        await(paced.write(large()));
        await(paced.list(ListRequest.everything()));
        await(paced.stat(KEY));
        await(paced.read(ReadRequest.latest(KEY, 0))
                .chain(open -> ((DocumentContent.Streamed) open.content())
                        .bytes()
                        .onItem()
                        .ignoreAsUni()));
        assertThat(await(paced.probe(ProbeDepth.CAPABILITIES)).conclusive()).isTrue();

        assertThat(proxy.requests().size()).isGreaterThan(10);
        assertThat(pace.demand().requestsPerSecond()).isEqualTo(proxy.requests().size());
    }

    @Test
    void nothingGoesOutBeforeItsTurnAndWhatIsGivenUpNever() {
        // Given
        plant(KEY, BYTES);
        open(settings());
        pace.limit(new Rates(1, Double.POSITIVE_INFINITY));
        await(paced.stat(KEY));

        // When
        CompletableFuture<DocumentStat> givenUp = paced.stat(KEY).subscribeAsCompletionStage();
        CompletableFuture<DocumentStat> waiting = paced.stat(KEY).subscribeAsCompletionStage();
        givenUp.cancel(false);

        // Then
        assertThat(waiting).isNotDone();
        assertThat(proxy.requests()).hasSize(1);
        time.turn(Duration.ofMillis(1_001));
        assertThat(waiting).succeedsWithin(PATIENCE);
        assertThat(proxy.requests()).hasSize(2);
    }

    @Test
    void anAttemptOfTheSdkTakesATurnAsWell() {
        plant(KEY, BYTES);
        proxy.on(Requests.of("HEAD").first(1), Faults.status(500));
        open(settings().with("retry_max_attempts", "3"));
        pace.limit(new Rates(1, Double.POSITIVE_INFINITY));

        CompletableFuture<DocumentStat> stat = paced.stat(KEY).subscribeAsCompletionStage();

        Awaitility.await().atMost(PATIENCE).until(pace::isHeldBack);
        assertThat(proxy.requests()).hasSize(1);
        time.turn(Duration.ofMillis(1_001));
        assertThat(stat).succeedsWithin(PATIENCE);
        assertThat(proxy.requests()).hasSize(2);
    }

    @Test
    void throttledAnswersAreHeardAndTriedAgainInTheirTurn() {
        plant(KEY, BYTES);
        proxy.on(Requests.of("HEAD").first(1), Faults.status(503));
        proxy.on(Requests.of("HEAD").nth(2), Faults.status(429));
        open(settings().with("retry_max_attempts", "3"));
        assertThat(pace.isFree()).isTrue();

        CompletableFuture<DocumentStat> stat = paced.stat(KEY).subscribeAsCompletionStage();

        assertThat(stat).succeedsWithin(PATIENCE);
        assertThat(throttled).hasValue(2);
        assertThat(pace.isFree()).isFalse();
        assertThat(proxy.requests()).hasSize(3);
    }

    @Test
    void whileTheStoreWantsToBeLeftAloneForLongNothingIsSent() {
        Fault busy = Faults.answer(() -> ProxiedReply.of(503).with("Retry-After", "60"));
        proxy.on(Requests.of("HEAD").first(1), busy);
        plant(KEY, BYTES);
        open(settings().with("retry_max_attempts", "3"));

        // The SDK's second attempt of the first call is sent away like the second call.
        for (int call = 1; call <= 2; call++) {
            StorageException refused = failureOf(paced.stat(KEY));
            assertThat(refused.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
            assertThat(refused.retryAfter()).contains(Duration.ofSeconds(60));
            assertThat(refused.key()).isEqualTo(KEY.value());
        }
        assertThat(proxy.requests()).hasSize(1);

        time.turn(Duration.ofSeconds(61));
        assertThat(await(paced.stat(KEY)).size()).isEqualTo(BYTES.length);
    }

    @Test
    void aShortPauseIsWaitedForByThoseWhoCome() {
        Fault busy = Faults.answer(() -> ProxiedReply.of(429).with("Retry-After", "5"));
        proxy.on(Requests.of("PUT").first(1), busy);
        plant(new DocumentKey("other"), BYTES);
        open(settings());
        assertThat(failureOf(paced.write(small(Precondition.none()))).retryAfter())
                .contains(Duration.ofSeconds(5));

        CompletableFuture<DocumentStat> stat =
                paced.stat(new DocumentKey("other")).subscribeAsCompletionStage();

        time.turn(Duration.ofMillis(4_900));
        assertThat(stat).isNotDone();
        assertThat(proxy.requests()).hasSize(1);
        time.turn(Duration.ofSeconds(1));
        assertThat(stat).succeedsWithin(PATIENCE);
    }
}
