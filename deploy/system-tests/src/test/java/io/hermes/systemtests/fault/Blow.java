package io.hermes.systemtests.fault;

import java.util.random.RandomGenerator;

/** One deed. Returns when it is done and its direct damage is over: a killed process has been replaced, a frozen one runs. */
@FunctionalInterface
public interface Blow {

    /**
     * Does it once.
     *
     * @param chance whatever is left to chance is drawn from here, so that a seed repeats it
     * @return whether it hit something; a deed that came a moment too late does not count
     */
    boolean strike(RandomGenerator chance) throws Exception;

    /** The same where other faults are about: what meets their damage is a miss, and is tried again. */
    default Blow amongOthers() {
        return chance -> {
            try {
                return strike(chance);
            } catch (InterruptedException interrupted) {
                throw interrupted;
            } catch (Exception | AssertionError other) {
                System.out.println(
                        "  missed: " + other.toString().lines().findFirst().orElse(""));
                return false;
            }
        };
    }
}
