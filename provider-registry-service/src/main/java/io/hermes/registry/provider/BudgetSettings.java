package io.hermes.registry.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the limits of a provider are shared. */
@ConfigMapping(prefix = "hermes.budgets")
public interface BudgetSettings {

    /**
     * How long a share of a provider's limits is good for; the next change of a window cuts it. Processes renew at half of it, so shorter
     * follows changes sooner, and longer asks less often and bridges a longer absence of the registry.
     */
    @WithDefault("6s")
    Duration validity();

    /** Time between two purges of shares that have ended, read by name. */
    @WithDefault("10m")
    String purgeInterval();
}
