package io.hermes.edge.registry;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StoreObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code hermes_provider_request_seconds{provider,operation,outcome}}: count and time of the calls to each store. The outcome is
 * {@code answered}, {@code cancelled} or the word of the {@link ErrorKind}, such as {@code not_found}.
 *
 * <p>{@code hermes_provider_wait_seconds{provider}}: requests, bodies and pieces of bodies that had to wait for their turn, and for how long.
 * {@code hermes_provider_throttled_total{provider}}: answers by which the store asked for fewer requests.
 */
@Singleton
class StorageMetrics implements StoreObserver {

    private final MeterRegistry meters;
    /** The registry finds a timer by tags that are made and sorted for each call. */
    private final Map<Kind, Timer> calls = new ConcurrentHashMap<>();

    /** Calls that are counted together. */
    private record Kind(String provider, StoreObserver.Operation operation, String outcome) {}

    StorageMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void ended(Call call) {
        calls.computeIfAbsent(new Kind(call.provider(), call.operation(), outcome(call)), this::timer)
                .record(call.took());
    }

    private Timer timer(Kind kind) {
        return Timer.builder("hermes.provider.request")
                .description("calls to a provider's store, by how they ended")
                .tag("provider", kind.provider())
                .tag("operation", word(kind.operation()))
                .tag("outcome", kind.outcome())
                .register(meters);
    }

    @Override
    public void waited(String provider, Duration time) {
        Timer.builder("hermes.provider.wait")
                .description(
                        "waits of requests and bytes for their turn, within a provider's limits or because it throttles")
                .tag("provider", provider)
                .register(meters)
                .record(time);
    }

    @Override
    public void throttled(String provider) {
        Counter.builder("hermes.provider.throttled")
                .description("answers by which a provider's store asked for fewer requests")
                .tag("provider", provider)
                .register(meters)
                .increment();
    }

    private static String outcome(Call call) {
        return switch (call.ending()) {
            case ANSWERED -> "answered";
            case CANCELLED -> "cancelled";
            case FAILED -> word(call.failure().orElse(ErrorKind.INTERNAL));
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
