package io.hermes.orchestrator.job;

import java.security.SecureRandom;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562): new ones sort behind old ones, so that an index grows at its end. */
final class TimeOrderedUuid {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000L;
    private static final long IETF_VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedUuid() {}

    static UUID next() {
        long high = System.currentTimeMillis() << 16 | VERSION_7 | RANDOM.nextLong() & 0xFFFL;
        long low = IETF_VARIANT | RANDOM.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
