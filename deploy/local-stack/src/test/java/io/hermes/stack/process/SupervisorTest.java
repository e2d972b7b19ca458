package io.hermes.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Queue<String> started = new ConcurrentLinkedQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Supervisor supervisor = new Supervisor(new Recorder(), LIMIT);

    @AfterEach
    void close() {
        supervisor.close();
    }

    @Test
    void replacesAKilledChildWithinASecond() {
        Child child =
                supervisor.start(List.of(TestPrograms.idleJvm("idle", folder))).getFirst();
        long first = child.pid().orElseThrow();

        Instant killed = Instant.now();
        assertThat(ProcessHandle.of(first).orElseThrow().destroyForcibly()).isTrue();

        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(child.pid().orElse(first)).isNotEqualTo(first));
        assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(1));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(started).hasSize(2));
    }

    @Test
    void waitsLongerBeforeItStartsAChildThatCannotLive() {
        Child child = supervisor
                .start(List.of(TestPrograms.foreign("broken", folder, "/bin/false")))
                .getFirst();

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(child.quickDeaths()).isGreaterThanOrEqualTo(4));

        assertThat(log).anySatisfy(line -> assertThat(line).contains("broken", "code 1", "in 0 ms"));
        assertThat(log).anySatisfy(line -> assertThat(line).contains("broken", "in 500 ms"));
    }

    @Test
    void endsAllChildrenAndStartsNoneAgain() {
        List<Child> children = supervisor.start(List.of(
                TestPrograms.idleJvm("idle", folder), TestPrograms.foreign("foreign", folder, "sleep", "1000")));
        List<ProcessHandle> processes = children.stream()
                .map(child -> ProcessHandle.of(child.pid().orElseThrow()).orElseThrow())
                .toList();

        supervisor.close();

        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(started).hasSize(2);
        assertThat(ProcessHandle.current().descendants()).noneMatch(ProcessHandle::isAlive);
    }

    private final class Recorder implements SupervisorListener {

        @Override
        public void started(Child child) {
            started.add(child.name());
        }

        @Override
        public void log(String line) {
            log.add(line);
        }
    }
}
