package io.hermes.registry.limit;

import io.hermes.contract.provider.BudgetRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Divides a provider's budget at one moment. Whatever is granted, the shares that have not ended are together never more than the rate, at
 * no moment until the grant ends; a lowered rate is kept to as soon as the shares of before have ended or been renewed.
 */
public final class Division {

    /** No grant is so short that holders would ask without pause, and who gets less than it should asks again after so long. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final double NEARLY = 0.5;

    private final Limits limits;
    private final Timetable timetable;
    private final Instant now;
    private final Instant end;
    private final List<Instant> moments;

    /** @param validity of a grant that no change of a window cuts */
    public Division(Limits limits, Instant now, Duration validity) {
        this.limits = limits;
        this.timetable = limits.timetable();
        this.now = now;
        Instant latest = now.plus(validity);
        Instant change = timetable.nextChange(now, latest).orElse(latest);
        boolean near = change.isBefore(earlier(latest, now.plus(SHORTEST)));
        this.end = near ? timetable.nextChange(change, latest).orElse(latest) : change;
        this.moments = near ? List.of(now, change) : List.of(now);
    }

    /** Requests per second that are allowed now, {@code null} for no limit. */
    public Double requests() {
        return limits.requestsPerSecond();
    }

    /** Bytes per second that are allowed now, {@code null} for no limit. */
    public Double bytes() {
        return bytesAt(now);
    }

    /** @param others all others who have, or have lately asked for, a share */
    public Grant grant(BudgetRequest need, List<Holding> others) {
        Share requests = share(
                moment -> limits.requestsPerSecond(),
                need.requestsPerSecond(),
                others,
                other -> other.need().requestsPerSecond(),
                Holding::requestsPerSecond);
        Share bytes = share(
                this::bytesAt,
                need.bytesPerSecond(),
                others,
                other -> other.need().bytesPerSecond(),
                Holding::bytesPerSecond);
        boolean content = requests.isNearlyFair() && bytes.isNearlyFair();
        return new Grant(requests.granted, bytes.granted, content ? end : earlier(end, now.plus(SHORTEST)));
    }

    private Double bytesAt(Instant moment) {
        Long bytes = timetable.bytesAt(moment);
        return bytes == null ? null : Double.valueOf(bytes);
    }

    private Share share(
            Function<Instant, Double> rate,
            double need,
            List<Holding> others,
            ToDoubleFunction<Holding> needOf,
            Function<Holding, Double> shareOf) {
        double allowed = Double.POSITIVE_INFINITY;
        double left = Double.POSITIVE_INFINITY;
        for (Instant moment : moments) {
            Double present = rate.apply(moment);
            if (present != null) {
                allowed = Math.min(allowed, present);
                left = Math.min(left, present - held(others, moment, shareOf));
            }
        }
        if (Double.isInfinite(allowed)) {
            return new Share(null, 0);
        }
        double fair = Shares.fair(allowed, need, others.stream().mapToDouble(needOf));
        return new Share(Math.max(0, Math.min(fair, left)), fair);
    }

    /** A share without a limit is all there is. */
    private static double held(List<Holding> others, Instant moment, Function<Holding, Double> shareOf) {
        return others.stream()
                .filter(other -> other.until().isAfter(moment))
                .map(shareOf)
                .mapToDouble(share -> share == null ? Double.POSITIVE_INFINITY : share)
                .sum();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private record Share(Double granted, double fair) {

        boolean isNearlyFair() {
            return granted == null || granted >= fair * NEARLY;
        }
    }
}
