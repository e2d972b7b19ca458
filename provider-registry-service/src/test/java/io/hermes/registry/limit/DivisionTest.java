package io.hermes.registry.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hermes.contract.provider.BudgetRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DivisionTest {

    private static final Offset<Double> NEARLY = within(1e-6);
    private static final double K = 1024;
    private static final Duration VALIDITY = Duration.ofSeconds(6);
    private static final BudgetRequest MUCH = new BudgetRequest(1e6, 1e12);
    private static final BudgetRequest NOTHING = new BudgetRequest(0, 0);

    /** A Monday. */
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Limits HUNDRED = new Limits(100.0, null, null, null);

    /** 100 KiB a second, from noon on 10. */
    private static final Limits LESS_FROM_NOON = new Limits(null, 102_400L, List.of("mon 12:00-13:00 10K"), "UTC");

    private static Holding holding(BudgetRequest need, Double requests, Double bytes, Instant until) {
        return new Holding(need, requests, bytes, until);
    }

    private static Grant grant(Limits limits, Instant now, BudgetRequest need, Holding... others) {
        return new Division(limits, now, VALIDITY).grant(need, List.of(others));
    }

    @Test
    void theFirstHasEverythingUntilItEnds() {
        assertThat(grant(HUNDRED, NOON, NOTHING)).isEqualTo(new Grant(100.0, null, NOON.plus(VALIDITY)));
    }

    @Test
    void aNewcomerHasWhatIsLeftAndAsksAgainSoon() {
        Holding all = holding(MUCH, 100.0, null, NOON.plusSeconds(3));

        assertThat(grant(HUNDRED, NOON, MUCH, all)).isEqualTo(new Grant(0.0, null, NOON.plus(Division.SHORTEST)));
    }

    @Test
    void whoRenewsMakesRoomForTheNewcomer() {
        Holding newcomer = holding(MUCH, 0.0, null, NOON.plusSeconds(1));

        Grant renewed = grant(HUNDRED, NOON, MUCH, newcomer);

        assertThat(renewed.requestsPerSecond()).isEqualTo(50, NEARLY);
        assertThat(renewed.until()).isEqualTo(NOON.plus(VALIDITY));
    }

    /** Between the end of its short lease and its next question it is still somebody who wants something. */
    @Test
    void aShareThatHasEndedIsFreeButItsHolderIsReckonedWith() {
        Holding ended = holding(MUCH, 80.0, null, NOON);

        assertThat(grant(HUNDRED, NOON, MUCH, ended).requestsPerSecond()).isEqualTo(50, NEARLY);
    }

    @Test
    void afterTheRateWasLoweredNothingIsLeftUntilOthersHaveRenewed() {
        Limits lowered = new Limits(50.0, null, null, null);
        Holding before = holding(MUCH, 60.0, null, NOON.plusSeconds(3));

        assertThat(grant(lowered, NOON, MUCH, before).requestsPerSecond()).isZero();
    }

    @Test
    void aShareFromBeforeThereWasALimitIsAllThereIs() {
        Limits both = new Limits(100.0, 1024L, null, null);
        Holding unlimited = holding(MUCH, 10.0, null, NOON.plusSeconds(3));

        Grant grant = grant(both, NOON, MUCH, unlimited);

        assertThat(grant.bytesPerSecond()).isZero();
        assertThat(grant.requestsPerSecond()).isEqualTo(50, NEARLY);
        assertThat(grant.until()).isEqualTo(NOON.plus(Division.SHORTEST));
    }

    @Test
    void theNextChangeOfAWindowCutsTheGrant() {
        assertThat(grant(LESS_FROM_NOON, NOON.minusSeconds(4), MUCH)).isEqualTo(new Grant(null, 100 * K, NOON));
        assertThat(grant(LESS_FROM_NOON, NOON, MUCH)).isEqualTo(new Grant(null, 10 * K, NOON.plus(VALIDITY)));
    }

    @Test
    void aShareThatEndsWithTheWindowLeavesAllToTheNext() {
        Holding untilNoon = holding(MUCH, null, 95 * K, NOON);

        assertThat(grant(LESS_FROM_NOON, NOON, NOTHING, untilNoon).bytesPerSecond())
                .isLessThan(10 * K)
                .isGreaterThan(0);
    }

    /** Cut at the change it would be renewed every few milliseconds. */
    @Test
    void justBeforeAChangeAGrantIsOfTheLesserRateAndOutlastsIt() {
        Instant now = NOON.minusMillis(200);
        Holding untilNoon = holding(MUCH, null, 92 * K, NOON);
        Holding beyond = holding(MUCH, null, 5 * K, NOON.plusSeconds(5));

        assertThat(grant(LESS_FROM_NOON, now, MUCH)).isEqualTo(new Grant(null, 10 * K, now.plus(VALIDITY)));
        assertThat(grant(LESS_FROM_NOON, now, MUCH, untilNoon).bytesPerSecond())
                .as("what is left now, and half of what there will be")
                .isEqualTo(5 * K, NEARLY);
        assertThat(grant(LESS_FROM_NOON, now, MUCH, holding(MUCH, null, 98 * K, NOON))
                        .bytesPerSecond())
                .as("what is left now")
                .isEqualTo(2 * K, NEARLY);
        assertThat(grant(LESS_FROM_NOON, now, MUCH, holding(MUCH, null, 80 * K, NOON), beyond, beyond)
                        .bytesPerSecond())
                .as("what is left from noon on")
                .isZero();
    }

    @Test
    void outsideOfWindowsThereMayBeNoLimit() {
        Limits lunch = new Limits(null, null, List.of("mon 12:00-13:00 10K"), "UTC");

        assertThat(grant(lunch, NOON.minusSeconds(60), MUCH))
                .isEqualTo(new Grant(null, null, NOON.minusSeconds(60).plus(VALIDITY)));
        assertThat(grant(lunch, NOON.minusSeconds(2), MUCH)).isEqualTo(new Grant(null, null, NOON));
        assertThat(grant(lunch, NOON.minusMillis(1), MUCH).bytesPerSecond()).isEqualTo(10 * K);
    }
}
