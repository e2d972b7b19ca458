package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.stack.StackDescription;
import io.hermes.stack.layout.StackDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;

/** A stack as a stranger sees it: by what it publishes in {@code stack.json}. */
record RunningStack(StackDirectory directory) {

    private static final Duration RESPAWN_LIMIT = Duration.ofSeconds(20);

    StackDescription description() throws IOException {
        return StackDescription.of(directory).orElseThrow(() -> new IOException("the stack is not ready"));
    }

    /** Ends the process by SIGKILL and returns when the stack has published the one that replaces it. */
    void kill(Victim victim) throws IOException {
        long pid = victim.pid(description());
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertThat(process.destroyForcibly()).as("kill -9 of %s", victim).isTrue();
        await(victim + " runs again")
                .atMost(RESPAWN_LIMIT)
                .until(() -> victim.pid(description()), now -> now != 0 && now != pid);
    }

    /** Every server that runs now. */
    static LongStream pids(StackDescription stack) {
        LongStream servers = LongStream.of(
                stack.registry().pid(),
                stack.orchestrator().pid(),
                stack.postgres().pid(),
                stack.kafka().pid(),
                stack.s3().pid());
        return LongStream.concat(servers, stack.workers().stream().mapToLong(StackDescription.Node::pid));
    }
}
