package io.hermes.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a slot does between being told of a change and the registry's answer, which comes when the test says so. */
class CachedStoreTest {

    private static final Duration NEVER = Duration.ofHours(10);
    private static final UUID UUID_OF_IT = UUID.randomUUID();

    private final Deque<UniEmitter<? super OpenStore>> questions = new ArrayDeque<>();

    private record Settings(Duration recheck, Duration grace) implements RegistrySettings {

        @Override
        public URI url() {
            return URI.create("http://localhost");
        }

        @Override
        public Duration timeout() {
            return NEVER;
        }
    }

    private CachedStore slot(Duration recheck, Duration grace) {
        return new CachedStore(
                new Settings(recheck, grace),
                open -> Uni.createFrom().<OpenStore>emitter(asked -> questions.add(asked)));
    }

    private static OpenStore version(long version) {
        return version(version, ProviderStatus.ACTIVE);
    }

    private static OpenStore version(long version, ProviderStatus status) {
        return new OpenStore(
                new ResolvedProvider(
                        1, UUID_OF_IT, "p", "memory", version, status, true, Map.of(), Map.of(), null, false),
                null);
    }

    private static ProviderNews changed(long version) {
        return new ProviderNews.Changed(version, ProviderStatus.ACTIVE);
    }

    /** Asks for the store, and answers the question that this leads to. */
    private OpenStore answered(CachedStore slot, OpenStore answer) {
        Uni<OpenStore> current = slot.current();
        var result = current.subscribeAsCompletionStage();
        assertThat(questions).hasSize(1);
        questions.remove().complete(answer);
        return result.join();
    }

    private static long served(CachedStore slot) {
        return slot.current().await().indefinitely().provider().version();
    }

    @Test
    void whatWasToldDuringALookIsLookedAtAfterwards() {
        CachedStore slot = slot(NEVER, NEVER);
        var first = slot.current().subscribeAsCompletionStage();
        assertThat(slot.hear(changed(2))).isTrue();

        questions.remove().complete(version(1));
        assertThat(first.join().provider().version()).isEqualTo(1);

        assertThat(answered(slot, version(2)).provider().version()).isEqualTo(2);
        assertThat(served(slot)).isEqualTo(2);
    }

    @Test
    void aLookThatAlreadySawWhatWasToldDuringItIsEnough() {
        CachedStore slot = slot(NEVER, NEVER);
        var first = slot.current().subscribeAsCompletionStage();
        slot.hear(changed(2));

        questions.remove().complete(version(2));

        assertThat(first.join().provider().version()).isEqualTo(2);
        assertThat(served(slot)).isEqualTo(2);
        assertThat(questions).isEmpty();
    }

    @Test
    void whatIsNoNewerIsNoNews() {
        CachedStore slot = slot(NEVER, NEVER);
        answered(slot, version(5));

        assertThat(slot.hear(changed(5))).isFalse();
        assertThat(slot.hear(changed(4))).isFalse();
        assertThat(slot.hear(changed(7))).isTrue();
        assertThat(slot.hear(changed(6))).isFalse();

        assertThat(answered(slot, version(7)).provider().version()).isEqualTo(7);
        assertThat(served(slot)).isEqualTo(7);
    }

    /** After a database was restored from a backup, for example. */
    @Test
    void theRegistrysWordHoldsAgainstWhatWasTold() {
        CachedStore slot = slot(NEVER, NEVER);
        answered(slot, version(1));
        slot.hear(changed(9));

        answered(slot, version(1));

        assertThat(served(slot)).isEqualTo(1);
        assertThat(questions).isEmpty();
    }

    @Test
    void anUnansweredQuestionIsAskedAgainAndWhatIsOpenServedMeanwhile() {
        CachedStore slot = slot(Duration.ZERO, NEVER);
        answered(slot, version(1));
        slot.hear(changed(2));

        assertThat(unanswered(slot).provider().version()).isEqualTo(1);
        assertThat(unanswered(slot).provider().version()).isEqualTo(1);

        assertThat(answered(slot, version(2)).provider().version()).isEqualTo(2);
    }

    @Test
    void theQuestionIsNotAskedBeforeEveryUseWhileTheRegistryIsAway() {
        CachedStore slot = slot(NEVER, NEVER);
        answered(slot, version(1));
        slot.hear(changed(2));
        unanswered(slot);

        assertThat(served(slot)).isEqualTo(1);
        assertThat(questions).isEmpty();
    }

    @Test
    void whatWasToldToBeForbiddenIsNotDoneEvenIfTheRegistryIsAway() {
        CachedStore slot = slot(Duration.ZERO, NEVER);
        answered(slot, version(1));

        slot.hear(new ProviderNews.Changed(2, ProviderStatus.READONLY));
        assertThat(unanswered(slot).provider().status()).isEqualTo(ProviderStatus.READONLY);
        slot.hear(new ProviderNews.Changed(3, ProviderStatus.DISABLED));
        assertThat(unanswered(slot).provider().status()).isEqualTo(ProviderStatus.DISABLED);
        slot.hear(new ProviderNews.Deleted());
        assertThatThrownBy(() -> unanswered(slot)).hasRootCauseInstanceOf(ProviderUnknown.class);

        answered(slot, version(4, ProviderStatus.ACTIVE));
        assertThat(slot.peek().orElseThrow().provider().status()).isEqualTo(ProviderStatus.ACTIVE);
    }

    /** A store that was opened behind the guard that refuses writes cannot be given back without the registry. */
    @Test
    void whatWasToldToBeAllowedAgainWaitsForTheRegistry() {
        CachedStore slot = slot(Duration.ZERO, NEVER);
        answered(slot, version(1, ProviderStatus.READONLY));

        slot.hear(changed(2));

        assertThat(unanswered(slot).provider().status()).isEqualTo(ProviderStatus.READONLY);
    }

    @Test
    void whatWasToldToBeSupersededIsNotServedForEver() {
        CachedStore slot = slot(Duration.ZERO, Duration.ZERO);
        answered(slot, version(1));
        assertThat(unanswered(slot).provider().version()).isEqualTo(1);

        slot.hear(changed(2));

        assertThatThrownBy(() -> unanswered(slot)).hasRootCauseInstanceOf(RegistryUnavailable.class);
    }

    private OpenStore unanswered(CachedStore slot) {
        var result = slot.current().subscribeAsCompletionStage();
        questions.remove().fail(new RegistryUnavailable("it is away", null));
        return result.join();
    }
}
