package io.hermes.storage;

import java.time.Duration;

/**
 * How long a store may take. A last resort behind the adapters' own timeouts, for what these do not see: a network file system that
 * hangs in the kernel, a client that has lost sight of a request, a server that sends one byte now and then.
 *
 * @param answer longest time to an answer
 * @param slowestBytesPerSecond a write may take longer by its size divided by this
 */
record TimeLimits(Duration answer, long slowestBytesPerSecond) {

    /** Far above what adapters allow themselves with their default settings, retries included. */
    static final TimeLimits LAST_RESORT = new TimeLimits(Duration.ofMinutes(15), 64 * 1024);

    Duration forBytes(long size) {
        return answer.plusSeconds(size / slowestBytesPerSecond);
    }
}
