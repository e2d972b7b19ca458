package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Listings of folders that are large, deep, or change meanwhile. */
class LocalListingTest extends OnDisk {

    private static final int MANY = 100_000;

    @Test
    void listsAHundredThousandNamesWithLittleMemory() throws Exception {
        // Given names that a folder does not keep in order
        Path many = Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < MANY; i++) {
            Files.createFile(many.resolve("document-%06d.md".formatted((i * 7919L) % MANY)));
        }

        // When
        Instant begun = Instant.now();
        ChildJvm.Outcome listed =
                ChildJvm.run(List.of(), List.of("-Xmx64m", "-XX:+UseSerialGC"), root.toString(), "", "list");

        // Then
        assertThat(listed.lines()).contains("list " + MANY + " true []");
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void aLargeFolderIsReadOnceForAllItsPages() throws IOException {
        // Given
        fill(root, 5000);
        SortedNames names = new SortedNames(Runnable::run, later(), SortedNames.WINDOW_BYTES, Duration.ofHours(1));

        // When
        List<String> seen = walk(names, 100);

        // Then
        assertThat(seen).isEqualTo(expected(5000));
        assertThat(names.readings()).isEqualTo(1);
    }

    @Test
    void aFolderLargerThanMemoryIsReadInAFewWindows() throws IOException {
        // Given room for about a third of the names
        fill(root, 5000);
        SortedNames names = new SortedNames(Runnable::run, later(), 55_000, Duration.ofHours(1));

        // When
        List<String> seen = walk(names, 100);

        // Then
        assertThat(seen).isEqualTo(expected(5000));
        assertThat(names.readings()).isBetween(3L, 5L);
    }

    @Test
    void aChangedFolderIsReadAgain() throws IOException {
        // Given a listing that is half way through
        fill(root, 3000);
        SortedNames names = new SortedNames(Runnable::run, later(), SortedNames.WINDOW_BYTES, Duration.ofHours(1));
        ListPage first = page(names, Optional.empty(), 1000);

        // When
        Files.delete(root.resolve("n1500"));
        Files.createFile(root.resolve("n1500x"));
        ListPage second = page(names, first.next(), 1000);

        // Then
        assertThat(second.entries())
                .extracting(entry -> entry.key().value())
                .contains("n1500x")
                .doesNotContain("n1500");
    }

    @Test
    void aNewListingTrustsNothingReadInTheMomentOfAChange() throws IOException {
        // Given a folder that was read in the same step of the clock in which it changed
        fill(root, 3000);
        FileTime frozen = Files.getLastModifiedTime(root);
        Clock sameMoment = Clock.fixed(frozen.toInstant(), ZoneOffset.UTC);
        SortedNames names = new SortedNames(Runnable::run, sameMoment, SortedNames.WINDOW_BYTES, Duration.ofHours(1));
        ListPage first = page(names, Optional.empty(), 1000);

        // When
        page(names, first.next(), 1000);
        long goingOn = names.readings();
        page(names, Optional.empty(), 1000);

        // Then
        assertThat(goingOn).isEqualTo(1);
        assertThat(names.readings()).isEqualTo(2);
    }

    @Test
    void namesAreForgottenWhenNobodyAsks() throws IOException {
        // Given
        fill(root, 2000);
        SortedNames names =
                new SortedNames(Runnable::run, Clock.systemUTC(), SortedNames.WINDOW_BYTES, Duration.ofMillis(50));

        // When
        page(names, Optional.empty(), 100);

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(names.remembered()).isZero());
    }

    @Test
    void onlyAFewLargeFoldersAreRemembered() throws IOException {
        // Given
        SortedNames names = new SortedNames(Runnable::run, later(), SortedNames.WINDOW_BYTES, Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            fill(Files.createDirectory(root.resolve("folder" + i)), 1100);
        }

        // When
        List<String> seen = walk(names, 1000);

        // Then
        assertThat(seen).hasSize(11_000);
        assertThat(names.remembered()).isEqualTo(6);
    }

    @Test
    void aTreeTwoHundredFoldersDeepIsListedAndWritten() throws IOException {
        // Given
        String deep = "d/".repeat(200);
        put(store, deep + "a", bytes(1));
        put(store, deep + "b", bytes(2));
        put(store, "z", bytes(3));

        // Then
        assertThat(keys(store)).containsExactly(deep + "a", deep + "b", "z");
        assertThat(keys(store, "", 1)).containsExactly(deep + "a", deep + "b", "z");
        assertThat(read(store, deep + "b")).isEqualTo(bytes(2));
    }

    @Test
    void whatIsDeeperThanAListingGoesIsReportedAndNotWritten() throws IOException {
        // Given
        String tooDeep = "d/".repeat(LocalRoot.MAX_FOLDERS);
        Path unused = Files.createDirectories(root.resolve(tooDeep));
        put(store, "z", bytes(3));

        // When
        ListPage page = await(store.list(ListRequest.everything()));

        // Then
        assertThat(page.entries()).hasSize(1);
        assertThat(page.rejected())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).contains("deeper"));
        assertThat(kindOf(store.write(request(tooDeep + "a", whole(bytes(1)), Precondition.none()))))
                .isEqualTo(ErrorKind.KEY_INVALID);
    }

    @Test
    void aListingGoesOnWhileDocumentsComeAndGo() throws Exception {
        // Given a writer that never stops
        fill(root, 3000);
        CountDownLatch stop = new CountDownLatch(1);
        Thread writer = new Thread(() -> comeAndGo(stop));
        writer.start();

        // When
        List<String> seen = keys(store, "", 250);

        // Then
        stop.countDown();
        writer.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(seen).containsAll(expected(3000)).doesNotHaveDuplicates();
    }

    private void comeAndGo(CountDownLatch stop) {
        for (int i = 0; stop.getCount() > 0; i++) {
            put(store, "m%04d".formatted(i % 100), bytes(1));
            await(store.delete(key("m%04d".formatted((i + 50) % 100)), Precondition.none()));
        }
    }

    /** So much later than every change that whatever is read has settled. */
    private static Clock later() {
        return Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    }

    private static void fill(Path folder, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.createFile(folder.resolve("n%04d".formatted(i)));
        }
    }

    private static List<String> expected(int count) {
        return IntStream.range(0, count).mapToObj("n%04d"::formatted).toList();
    }

    private List<String> walk(SortedNames names, int limit) throws IOException {
        List<String> seen = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            ListPage page = page(names, token, limit);
            page.entries().forEach(entry -> seen.add(entry.key().value()));
            token = page.next();
        } while (token.isPresent());
        return seen;
    }

    private ListPage page(SortedNames names, Optional<String> token, int limit) throws IOException {
        LocalRoot local = parts(settings()).root();
        PageWalk walk = new PageWalk(local, names, limit);
        try (Folder folder = local.open()) {
            walk.through(folder, "", token.map(text -> List.of(text.split("/"))).orElse(List.of()));
        }
        return walk.page();
    }
}
