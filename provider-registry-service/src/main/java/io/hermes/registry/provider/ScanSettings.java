package io.hermes.registry.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How stores are counted. Health never scans; this does, when somebody asks or the operator wants it regularly. */
@ConfigMapping(prefix = "hermes.statistics")
public interface ScanSettings {

    /**
     * Time between two scans of a store, a tenth more or less. Unset: nothing is scanned unless somebody asks, since a scan lists every
     * document, and many a store charges for that.
     */
    Optional<Duration> scanEvery();

    /** Longest time of one page of the listing. A replica that dies over a scan is replaced after three of them. */
    @WithDefault("60s")
    Duration pageTimeout();

    /** Longest time of a scan. */
    @WithDefault("1d")
    Duration longestScan();

    /** Scans that one replica runs at once because somebody asked for them; its schedule runs one more. */
    @WithDefault("2")
    int concurrency();

    /** How often due stores are looked for, read by name; {@code off} leaves the schedule to other replicas. */
    @WithDefault("60s")
    String tick();
}
