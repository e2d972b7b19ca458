package io.hermes.stack.process;

/** Learns what happens to the children. Called from any thread, never from two at once for one child. */
public interface SupervisorListener {

    /** A process of this child runs now; its id may be a new one. */
    void started(Child child);

    /** Something worth a line in the supervisor's log. */
    void log(String line);
}
