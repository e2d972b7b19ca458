package io.hermes.benchmark.corpus;

import java.util.SplittableRandom;

/** How large documents are in the archives that this suite is made for: most of them small. */
enum Sizes {
    UNDER_1_KIB(0.23, 1, 1 << 10),
    TO_16_KIB(0.57, 1 << 10, 16 << 10),
    TO_64_KIB(0.15, 16 << 10, 64 << 10),
    TO_256_KIB(0.045, 64 << 10, 256 << 10),
    TO_2_MIB(0.005, 256 << 10, 2 << 20);

    private final double share;
    private final int least;
    private final int bound;

    Sizes(double share, int least, int bound) {
        this.share = share;
        this.least = least;
        this.bound = bound;
    }

    /** The size of one document, in bytes. */
    static int draw(SplittableRandom random) {
        double chance = random.nextDouble();
        for (Sizes range : values()) {
            if (chance < range.share) {
                return random.nextInt(range.least, range.bound);
            }
            chance -= range.share;
        }
        return random.nextInt(TO_16_KIB.least, TO_16_KIB.bound);
    }
}
