package io.hermes.stack.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A program that is kept running: when its process ends unasked, another one is started. */
public final class Child {

    private final Program program;
    private final ScheduledExecutorService timer;
    private final SupervisorListener listener;
    private final Backoff backoff = new Backoff();
    private Launch launch;
    private boolean wanted = true;

    Child(Program program, ScheduledExecutorService timer, SupervisorListener listener) {
        this.program = program;
        this.timer = timer;
        this.listener = listener;
    }

    public Program program() {
        return program;
    }

    public String name() {
        return program.name();
    }

    /** The process that runs now; empty between a death and the next start. */
    public synchronized OptionalLong pid() {
        return launch != null && launch.process().isAlive()
                ? OptionalLong.of(launch.process().pid())
                : OptionalLong.empty();
    }

    /** Deaths in a row, each soon after a start: what tells a child that cannot live from one that was killed. */
    public synchronized int quickDeaths() {
        return backoff.quickDeaths();
    }

    void spawn() {
        synchronized (this) {
            if (!wanted) {
                return;
            }
            try {
                launch = Launch.of(program);
                Launch started = launch;
                var unused = started.process().onExit().thenAccept(ended -> died(started));
            } catch (Exception failure) {
                listener.log(name() + " could not be started: " + failure);
                respawnAfter(backoff.afterLife(Duration.ZERO));
                return;
            }
        }
        listener.started(this);
    }

    private synchronized void died(Launch life) {
        life.dismissGuard();
        if (!wanted) {
            return;
        }
        Duration pause = backoff.afterLife(Duration.between(life.since(), Instant.now()));
        listener.log("%s (pid %d) ended with code %d; starting it again in %d ms"
                .formatted(name(), life.process().pid(), life.process().exitValue(), pause.toMillis()));
        respawnAfter(pause);
    }

    private void respawnAfter(Duration pause) {
        if (wanted) {
            var unused = timer.schedule(this::spawn, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Asks the process to end. Returns at once. */
    void dismiss() {
        Launch last = forget();
        if (last == null || !last.process().isAlive()) {
            return;
        }
        try {
            last.askToEnd(program.guard());
        } catch (IOException noShell) {
            last.process().destroy();
        }
    }

    /** Waits for a dismissed process and kills it when the limit has passed. */
    void await(Duration limit) {
        Launch last = forget();
        if (last == null) {
            return;
        }
        try {
            if (!last.process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                listener.log(name() + " did not end within " + limit.toMillis() + " ms; it is killed");
                last.process().destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            last.process().destroyForcibly();
            Thread.currentThread().interrupt();
        }
        last.dismissGuard();
    }

    private synchronized Launch forget() {
        wanted = false;
        return launch;
    }
}
