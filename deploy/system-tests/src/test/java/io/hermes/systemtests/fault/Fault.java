package io.hermes.systemtests.fault;

/** Something that goes wrong from {@link #begin} to {@link #end}. */
public sealed interface Fault permits Blows, Disturbance, Crash {

    /** Its number in the fault matrix, and what it does. */
    String name();

    /** From now on it happens. Returns at once. */
    void begin();

    /** No more of it. What it broke is whole again, or about to become whole by itself, when this returns. */
    void end();

    /** How often it has struck while work was in flight. */
    int struck();

    /** Fewer strikes than this prove nothing. */
    int wanted();

    /** Whether it has not struck often enough yet. */
    default boolean isOwed() {
        return struck() < wanted();
    }
}
