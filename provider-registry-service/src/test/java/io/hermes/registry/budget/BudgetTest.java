package io.hermes.registry.budget;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.registry.RegistryProfile;
import io.hermes.registry.provider.Budgets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is granted together is never more than the provider allows, and everybody who asks gets a fair part of it. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class BudgetTest extends WithLimits {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Offset<Double> NEARLY = within(1e-6);
    private static final String HUNDRED = "{\"requestsPerSecond\":100}";
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Inject
    Budgets budgets;

    @Inject
    BudgetUpkeep upkeep;

    @Inject
    BudgetGauges gauges;

    private final UUID one = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @Test
    void aProviderWithoutLimitsIsFreeForAMinute() {
        UUID provider = created("null");

        assertThat(lease(provider, one, MUCH)).isEqualTo(new BudgetLease(null, null, 60_000));
        assertThat(shares(provider)).isZero();
    }

    @Test
    void nobodyHasAShareOfAProviderThatThereIsNot() {
        ask(UUID.randomUUID(), one, "{}").then().statusCode(404).body("code", equalTo("PROVIDER_UNKNOWN"));
        giveBack(UUID.randomUUID(), one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"requestsPerSecond\":-1}", "{\"bytesPerSecond\":1e999}", "{\"wanted\":1}", "[]"})
    void aNeedThatIsNoAmountIsRefused(String need) {
        UUID provider = created(HUNDRED);

        ask(provider, one, need).then().statusCode(400);
        assertThat(shares(provider)).isZero();
    }

    @Test
    void aNewcomerGetsWhatIsLeftAndItsPartWhenTheOthersHaveRenewed() {
        // Given
        UUID provider = created(HUNDRED);
        assertThat(lease(provider, one, NOTHING)).isEqualTo(new BudgetLease(100.0, null, HOUR));

        // When
        BudgetLease first = lease(provider, other, MUCH);

        // Then
        assertThat(first.requestsPerSecond()).isZero();
        assertThat(first.validForMillis()).isLessThanOrEqualTo(1000);
        BudgetLease renewed = lease(provider, one, MUCH);
        assertThat(renewed.requestsPerSecond()).isEqualTo(50, NEARLY);
        assertThat(renewed.validForMillis()).isEqualTo(HOUR);
        assertThat(lease(provider, other, MUCH).requestsPerSecond()).isEqualTo(50, NEARLY);
        assertThat(thousandthsGranted(provider)).isLessThanOrEqualTo(100_000);
    }

    /** Its lease is shorter than the others' way to their next renewal. */
    @Test
    void aNewcomerIsReckonedWithWhileItsShortLeaseHasEnded() {
        UUID provider = created(HUNDRED);
        lease(provider, one, MUCH);
        lease(provider, other, MUCH);
        ended(other);

        assertThat(lease(provider, one, MUCH).requestsPerSecond()).isEqualTo(50, NEARLY);
    }

    @Test
    void anEndedShareIsGrantedAnew() {
        UUID provider = created(HUNDRED);
        lease(provider, one, MUCH);
        ended(one);

        assertThat(lease(provider, other, MUCH).requestsPerSecond()).isEqualTo(50, NEARLY);
    }

    @Test
    void whatAnIdleHolderDoesNotNeedFlowsToTheBusyOneAndBack() {
        UUID provider = created("{\"requestsPerSecond\":100,\"bytesPerSecond\":1000000}");
        lease(provider, one, MUCH);
        lease(provider, other, MUCH);
        lease(provider, one, MUCH);
        lease(provider, other, MUCH);

        BudgetLease idle = lease(provider, one, NOTHING);
        BudgetLease busy = lease(provider, other, MUCH);

        assertThat(idle.requestsPerSecond()).isGreaterThan(0).isLessThan(5);
        assertThat(busy.requestsPerSecond()).isGreaterThan(95);
        assertThat(busy.bytesPerSecond()).isGreaterThan(950_000).isLessThan(1_000_000);
        lease(provider, one, MUCH);
        assertThat(lease(provider, other, MUCH).requestsPerSecond()).isEqualTo(50, NEARLY);
        assertThat(lease(provider, one, MUCH).requestsPerSecond()).isEqualTo(50, NEARLY);
    }

    @Test
    void whatIsGivenBackIsFreeAtOnce() {
        UUID provider = created(HUNDRED);
        lease(provider, one, MUCH);

        giveBack(provider, one);
        giveBack(provider, one);

        assertThat(lease(provider, other, MUCH).requestsPerSecond()).isEqualTo(100, NEARLY);
    }

    @Test
    void theShareOfAProcessThatDiedIsFreeWhenItHasEnded() {
        UUID provider = created(HUNDRED);
        lease(provider, one, MUCH);
        lapsed(one);

        assertThat(lease(provider, other, MUCH).requestsPerSecond()).isEqualTo(100, NEARLY);
        assertThat(shares(provider)).isEqualTo(2);
        upkeep.purge().await().atMost(PATIENCE);
        assertThat(shares(provider)).isEqualTo(1);
    }

    @Test
    void theNextChangeOfAWindowCutsALease() {
        LocalTime now = LocalTime.ofInstant(Instant.now(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        String window = "daily " + now.minusMinutes(30) + "-" + now.plusMinutes(30) + " 10K";
        UUID provider = created("{\"windows\":[\"" + window + "\"]}");

        BudgetLease lease = lease(provider, one, MUCH);

        assertThat(lease.bytesPerSecond()).isEqualTo(10_240);
        assertThat(lease.requestsPerSecond()).isNull();
        assertThat(lease.validForMillis()).isBetween(1L, Duration.ofMinutes(30).toMillis());
    }

    @Test
    void loweredLimitsHoldForWhatIsGrantedFromThenOn() {
        UUID provider = created(HUNDRED);
        lease(provider, one, MUCH);
        lease(provider, other, MUCH);
        lease(provider, one, MUCH);
        lease(provider, other, MUCH);
        patch("{\"requestsPerSecond\":10}").then().statusCode(200);

        assertThat(lease(provider, one, MUCH).requestsPerSecond()).isZero();
        assertThat(lease(provider, other, MUCH).requestsPerSecond()).isEqualTo(5, NEARLY);
        assertThat(lease(provider, one, MUCH).requestsPerSecond()).isEqualTo(5, NEARLY);
        patch("null").then().statusCode(200);
        assertThat(lease(provider, one, MUCH)).isEqualTo(new BudgetLease(null, null, 60_000));
    }

    @Test
    void sharesGoWithTheirProvider() {
        UUID provider = created(HUNDRED);
        lease(provider, one, MUCH);

        admin().delete(PROVIDERS + "/" + name).then().statusCode(200);

        assertThat(shares(provider)).isZero();
        ask(provider, one, "{}").then().statusCode(404);
    }

    /** Without the lock several see that nothing is taken yet, and each takes all of it. */
    @Test
    void whoAskAtTheSameTimeNeverGetMoreThanThereIs() {
        for (int round = 0; round < 10; round++) {
            // Given
            UUID provider = created(HUNDRED);
            List<UUID> holders = Stream.generate(UUID::randomUUID).limit(16).toList();

            // When
            double granted = together(provider, holders).stream()
                    .mapToDouble(BudgetLease::requestsPerSecond)
                    .sum();

            // Then
            assertThat(granted).isEqualTo(100, NEARLY);
            assertThat(thousandthsGranted(provider)).isEqualTo(100_000);
            together(provider, holders);
            assertThat(thousandthsGranted(provider)).isLessThanOrEqualTo(100_000);
            assertThat(together(provider, holders))
                    .allSatisfy(lease -> assertThat(lease.requestsPerSecond()).isEqualTo(100.0 / 16, NEARLY));
            assertThat(thousandthsGranted(provider)).isEqualTo(100_000);
            nothingLeft();
        }
    }

    private List<BudgetLease> together(UUID provider, List<UUID> holders) {
        List<Uni<BudgetLease>> leases = holders.stream()
                .map(holder -> budgets.lease(provider, holder, MUCH))
                .toList();
        return Uni.join().all(leases).andFailFast().await().atMost(PATIENCE);
    }

    @Test
    void theGaugesTellWhatIsAllowedAndGranted() {
        UUID provider = created("{\"requestsPerSecond\":100,\"windows\":[\"daily 00:00-24:00 10K\"]}");
        lease(provider, one, NOTHING);
        String labels = "\",provider=\"" + name + "\",type=\"memory\"} ";

        await().atMost(PATIENCE).untilAsserted(() -> {
            gauges.refresh().await().atMost(PATIENCE);
            admin().get("/q/metrics")
                    .then()
                    .body(containsString("hermes_provider_budget_allowed{of=\"requests" + labels + "100.0"))
                    .body(containsString("hermes_provider_budget_allowed{of=\"bytes" + labels + "10240.0"))
                    .body(containsString("hermes_provider_budget_granted{of=\"requests" + labels + "100.0"))
                    .body(containsString("hermes_provider_budget_granted{of=\"bytes" + labels + "10240.0"));
        });
    }
}
