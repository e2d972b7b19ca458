package io.hermes.stack.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Starts children and keeps them running until it is closed; then ends them group by group, the last started group first. A child that
 * ends unasked is started again within a second, unless it has died several times in a row right after its start.
 */
public final class Supervisor implements AutoCloseable {

    private final SupervisorListener listener;
    private final Duration closeLimit;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Supervisor::timerThread);
    private final Deque<List<Child>> groups = new ArrayDeque<>();
    private boolean closed;

    /** @param closeLimit how long all children together may take to end before they are killed */
    public Supervisor(SupervisorListener listener, Duration closeLimit) {
        this.listener = listener;
        this.closeLimit = closeLimit;
    }

    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "supervisor");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts these programs at once; they also end together. */
    public synchronized List<Child> start(List<Program> programs) {
        if (closed) {
            throw new IllegalStateException("the stack is shutting down");
        }
        List<Child> group = programs.stream()
                .map(program -> new Child(program, timer, listener))
                .toList();
        groups.push(group);
        group.forEach(Child::spawn);
        return group;
    }

    /** Every child, in the order of their start. */
    public synchronized List<Child> children() {
        List<Child> all = new ArrayList<>();
        groups.descendingIterator().forEachRemaining(all::addAll);
        return all;
    }

    /** Ends all children. What they were asked to keep is kept; nothing of theirs runs when this returns. */
    @Override
    public synchronized void close() {
        closed = true;
        long deadline = System.nanoTime() + closeLimit.toNanos();
        while (!groups.isEmpty()) {
            List<Child> group = groups.pop();
            group.forEach(Child::dismiss);
            group.forEach(
                    child -> child.await(remaining(deadline, child.program().stopLimit())));
        }
        timer.shutdownNow();
    }

    private static Duration remaining(long deadline, Duration limit) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        return left.compareTo(limit) < 0 ? left : limit;
    }
}
