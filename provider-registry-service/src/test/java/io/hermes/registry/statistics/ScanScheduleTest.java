package io.hermes.registry.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.registry.RegistryDatabase;
import io.hermes.registry.RegistryProfile;
import io.hermes.registry.probe.OffLoop;
import io.hermes.registry.provider.ScanSettings;
import io.hermes.registry.provider.Statistics;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas' schedules on one database, turned by hand. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class ScanScheduleTest extends WithClaims {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Inject
    Statistics statistics;

    @Inject
    StoreScans scans;

    @Inject
    OffLoop offLoop;

    @Inject
    ScanSettings settings;

    @Inject
    Scheduler scheduler;

    private record Never() implements ScanSettings {

        @Override
        public Optional<Duration> scanEvery() {
            return Optional.empty();
        }

        @Override
        public Duration pageTimeout() {
            return PATIENCE;
        }

        @Override
        public Duration longestScan() {
            return PATIENCE;
        }

        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public String tick() {
            return "60s";
        }
    }

    /** But for what is registered from now on. */
    @BeforeEach
    void nobodyIsDue() {
        RegistryDatabase.run("INSERT INTO provider_scans (provider_id, next_scan)"
                + " SELECT id, clock_timestamp() + interval '1 day' FROM provider_storage"
                + " ON CONFLICT (provider_id) DO UPDATE SET next_scan = excluded.next_scan");
    }

    private ScanSchedule replica(ScanSettings its) {
        return new ScanSchedule(statistics, scans, its, offLoop);
    }

    private static void turn(Uni<Void> work) {
        work.await().atMost(PATIENCE);
    }

    private long number(String what) {
        return RegistryDatabase.number(
                "SELECT " + what + " FROM provider_storage p LEFT JOIN provider_scans s ON s.provider_id = p.id"
                        + " WHERE p.provider_name LIKE '" + name + "%'");
    }

    @Test
    void whatIsDueIsCountedOnceHoweverManyReplicasThereAre() {
        // Given
        IntStream.range(0, 6).forEach(number -> register(memory(name + "-" + number, "")));

        // When
        Stream.of(replica(settings), replica(settings))
                .map(replica -> CompletableFuture.runAsync(() -> turn(replica.scanWhatIsDue())))
                .toList()
                .forEach(CompletableFuture::join);

        // Then
        assertThat(number("count(*) FILTER (WHERE s.outcome = 'counted' AND s.epoch = 1 AND s.exact)"))
                .isEqualTo(6);
        assertThat(number("count(DISTINCT s.next_scan - s.ended_at)")).isGreaterThan(1);
        assertThat(number("count(*) FILTER (WHERE s.next_scan BETWEEN s.ended_at + interval '54 minutes'"
                        + " AND s.ended_at + interval '66 minutes')"))
                .isEqualTo(6);
    }

    @Test
    void aStoreThatAJobWritesToWaits() {
        // Given
        JsonPath provider = registerMemory();
        UUID job = claimed(provider, "destination");
        claimed(provider, "source");
        turn(replica(settings).scanWhatIsDue());
        assertThat(number("count(s.epoch)")).isZero();

        // When
        release(provider, job, 0, 0);
        turn(replica(settings).scanWhatIsDue());

        // Then
        assertThat(number("count(*) FILTER (WHERE s.outcome = 'counted')")).isEqualTo(1);
    }

    @Test
    void aDisabledStoreIsLeftAlone() {
        register(memory(name, ",\"status\":\"disabled\""));

        turn(replica(settings).scanWhatIsDue());

        assertThat(number("count(s.epoch)")).isZero();
    }

    @Test
    void nothingIsScannedUnlessTheOperatorWantsIt() {
        registerMemory();

        turn(replica(new Never()).tick());
        assertThat(number("count(s.epoch)")).isZero();
        turn(replica(settings).tick());

        assertThat(number("count(s.epoch)")).isEqualTo(1);
    }

    /** The others turn it by hand. */
    @Test
    void theScheduleTurnsByItself() {
        assertThat(scheduler.getScheduledJobs())
                .extracting(Trigger::getId)
                .contains("provider-scans", "provider-statistics-gauges");
    }
}
