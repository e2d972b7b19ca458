package io.hermes.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FolderSyncsTest {

    private static final int WRITERS = 8;

    private final FolderSyncs syncs = new FolderSyncs();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch firstRuns = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoComesDuringASyncSharesTheNextOne() throws Exception {
        // Given a sync that runs while others come
        List<Future<?>> all = new ArrayList<>();
        all.add(threads.submit(() -> sync("a", () -> {})));
        assertThat(firstRuns.await(30, TimeUnit.SECONDS)).isTrue();
        comeToo(all, () -> {});

        // When
        boolean noneIsDone = all.stream().noneMatch(Future::isDone);
        firstMayEnd.countDown();
        for (Future<?> one : all) {
            one.get();
        }

        // Then nobody was told so by a sync that had begun before
        assertThat(noneIsDone).isTrue();
        assertThat(begun).hasValue(2);
    }

    @Test
    void foldersDoNotWaitForEachOther() throws Exception {
        // Given
        Future<?> slow = threads.submit(() -> sync("a", () -> {}));
        assertThat(firstRuns.await(30, TimeUnit.SECONDS)).isTrue();

        // When
        syncs.sync("b", begun::incrementAndGet);

        // Then
        assertThat(slow.isDone()).isFalse();
        firstMayEnd.countDown();
        slow.get();
    }

    @Test
    void aFailureIsEverybodys() throws Exception {
        // Given
        List<Future<?>> all = new ArrayList<>();
        Future<?> first = threads.submit(() -> sync("a", () -> {}));
        assertThat(firstRuns.await(30, TimeUnit.SECONDS)).isTrue();
        AtomicInteger failures = new AtomicInteger();
        comeToo(all, () -> {
            failures.incrementAndGet();
            throw new IOException("Input/output error");
        });

        // When
        firstMayEnd.countDown();

        // Then
        first.get();
        for (Future<?> one : all) {
            assertThatThrownBy(one::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("Input/output error");
        }
        assertThat(failures).hasValue(1);
        syncs.sync("a", () -> {});
    }

    /** Returns when all of them wait. */
    private void comeToo(List<Future<?>> all, FolderSyncs.Sync sync) {
        Queue<Thread> writers = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < WRITERS; i++) {
            all.add(threads.submit(() -> {
                writers.add(Thread.currentThread());
                return sync("a", sync);
            }));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(writers)
                        .hasSize(WRITERS)
                        .allMatch(writer -> writer.getState() == Thread.State.WAITING));
    }

    /** The first sync lasts until it may end. */
    private boolean sync(String folder, FolderSyncs.Sync sync) throws IOException, InterruptedException {
        syncs.sync(folder, () -> {
            if (begun.incrementAndGet() == 1) {
                firstRuns.countDown();
                awaitQuietly(firstMayEnd);
            }
            sync.run();
        });
        return true;
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody let it end");
            }
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }
}
