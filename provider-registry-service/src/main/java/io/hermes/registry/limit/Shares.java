package io.hermes.registry.limit;

import java.util.stream.DoubleStream;

/**
 * Divides a rate among those who want of it, max-min fairly: who needs less than an equal part gets what it needs and a little room to
 * grow, and the rest is divided in the same way among the others. All of the rate is given out, and everybody gets some of it.
 */
final class Shares {

    /** Whoever used all it had is to be seen wanting more. */
    private static final double GROWTH = 1.25;

    /** Of an equal part: what even an idle holder may begin with. */
    private static final double LEAST = 0.05;

    private Shares() {}

    /**
     * The share of one of them.
     *
     * @param need what it needs
     * @param others what each of the others needs
     */
    static double fair(double rate, double need, DoubleStream others) {
        double[] needs = others.toArray();
        int holders = needs.length + 1;
        double want = want(rate, need, holders);
        double[] wants = DoubleStream.concat(
                        DoubleStream.of(want), DoubleStream.of(needs).map(other -> want(rate, other, holders)))
                .sorted()
                .toArray();
        double left = rate;
        for (int satisfied = 0; satisfied < holders; satisfied++) {
            double equal = left / (holders - satisfied);
            if (wants[satisfied] > equal) {
                return Math.min(want, equal);
            }
            left -= wants[satisfied];
        }
        return want + left / holders;
    }

    private static double want(double rate, double need, int holders) {
        return Math.min(need, rate) * GROWTH + rate * LEAST / holders;
    }
}
