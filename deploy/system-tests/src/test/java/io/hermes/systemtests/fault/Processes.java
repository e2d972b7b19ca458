package io.hermes.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.stack.StackDescription;
import io.hermes.stack.layout.StackDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The stack's processes as a stranger sees them, by what it publishes in {@code stack.json}; remembers every one that it met. */
public final class Processes {

    private static final Duration RESPAWN_LIMIT = Duration.ofMinutes(1);

    private final StackDirectory directory;
    private final Set<Long> met = new ConcurrentSkipListSet<>();

    /** Of the stack in this folder, which must be ready. */
    public Processes(StackDirectory directory) {
        this.directory = directory;
    }

    /** URLs and process ids as they are now. */
    public StackDescription description() {
        try {
            StackDescription now = StackDescription.of(directory)
                    .orElseThrow(() -> new IllegalStateException("the stack is not ready"));
            pids(now).filter(pid -> pid != 0).forEach(met::add);
            return now;
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The process ids of all servers that ever were. */
    public Set<Long> met() {
        return new TreeSet<>(met);
    }

    /** Ends one of these by SIGKILL, as chance will have it. */
    public Blow killing(Victim... victims) {
        return ending("KILL", victims);
    }

    /** Ends one of these by this signal and waits until the stack has published the process that replaces it. */
    public Blow ending(String signal, Victim... victims) {
        return chance -> {
            replace(victims[chance.nextInt(victims.length)], signal);
            return true;
        };
    }

    private void replace(Victim victim, String signal) throws IOException, InterruptedException {
        long pid = running(victim);
        signal(pid, signal);
        await(victim + " runs again").atMost(RESPAWN_LIMIT).until(() -> pid(victim), now -> now != 0 && now != pid);
    }

    /** The victim's process, waited for between a death and the next start. */
    public long running(Victim victim) {
        return await(victim + " runs").atMost(RESPAWN_LIMIT).until(() -> pid(victim), pid -> pid != 0);
    }

    private long pid(Victim victim) {
        return victim.pid().applyAsLong(description());
    }

    /** By a shell, because {@code kill} is a program of its own only where procps is installed. */
    public static void signal(long pid, String signal) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).as("kill -%s %d", signal, pid).isZero();
    }

    private static LongStream pids(StackDescription stack) {
        LongStream servers = LongStream.of(
                stack.postgres().pid(), stack.kafka().pid(), stack.s3().pid());
        LongStream services = Stream.of(stack.registries(), stack.orchestrators(), stack.workers())
                .flatMap(List::stream)
                .mapToLong(StackDescription.Node::pid);
        return LongStream.concat(servers, services);
    }
}
