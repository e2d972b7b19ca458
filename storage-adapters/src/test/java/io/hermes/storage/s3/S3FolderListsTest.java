package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.contract.Steps;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Gate;
import io.hermes.storage.testing.ProxiedRequest;
import io.hermes.storage.testing.Requests;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What listings from folder to folder ask for, and what they make of answers that go wrong: a failure, never a short list. */
class S3FolderListsTest extends ThroughFaults {

    private static final ListRequest ALL = ListRequest.everything();

    @Override
    S3StoreSettings settings() {
        return super.settings().with("listing", "folders");
    }

    @BeforeEach
    void plantFive() {
        for (String name : List.of("a/1", "a/2", "b/c/1", "b/d", "e")) {
            plant(new DocumentKey(name), BYTES);
        }
    }

    @Test
    void asksOnceForEachFolder() {
        assertThat(keys(await(store.list(ALL)))).containsExactly("a/1", "a/2", "b/c/1", "b/d", "e");
        assertThat(asked()).containsExactly("", "a/", "b/", "b/c/");
    }

    @Test
    void asksForTheNextFoldersBeforeTheirTurn() {
        // Given five folders like one another, of which the second makes wait
        plantFoldersOfTwo();
        Gate gate = new Gate();
        proxy.on(Requests.listings().matching(request -> prefix(request).equals("f/2/")), gate);

        // When
        CompletableFuture<ListPage> page =
                store.list(new ListRequest("f", Optional.empty(), 100)).subscribeAsCompletionStage();
        Awaitility.await().untilAsserted(() -> assertThat(asked()).contains("f/2/", "f/3/", "f/4/", "f/5/"));
        gate.open();

        // Then
        assertThat(keys(page.join()))
                .containsExactly(
                        "f/1/a", "f/1/b", "f/2/a", "f/2/b", "f/3/a", "f/3/b", "f/4/a", "f/4/b", "f/5/a", "f/5/b");
        assertThat(asked()).containsExactlyInAnyOrder("f/", "f/1/", "f/2/", "f/3/", "f/4/", "f/5/");
    }

    @Test
    void asksForNoFolderThatThePageHasNoRoomFor() {
        plantFoldersOfTwo();
        assertThat(keys(await(store.list(new ListRequest("f", Optional.empty(), 4)))))
                .containsExactly("f/1/a", "f/1/b", "f/2/a", "f/2/b");
        assertThat(asked()).containsExactly("f/", "f/1/", "f/2/");
    }

    @Test
    void whatWasAskedForBeforeItsTurnFailsAtItsTurn() {
        plantFoldersOfTwo();
        proxy.on(
                Requests.listings().matching(request -> prefix(request).equals("f/4/")),
                Faults.error(403, "AccessDenied"));
        assertThat(failureOf(store.list(new ListRequest("f", Optional.empty(), 100)))
                        .kind())
                .isEqualTo(ErrorKind.PERMISSION_DENIED);
        assertThat(keys(await(store.list(new ListRequest("f", Optional.empty(), 6)))))
                .hasSize(6);
    }

    private void plantFoldersOfTwo() {
        for (int folder = 1; folder <= 5; folder++) {
            plant(new DocumentKey("f/" + folder + "/a"), BYTES);
            plant(new DocumentKey("f/" + folder + "/b"), BYTES);
        }
    }

    @Test
    void goesOnInTheFolderWhereItStoppedAndThenInThoseAround() {
        // Given
        ListRequest three = new ListRequest("", Optional.empty(), 3);
        ListPage first = await(store.list(three));
        int before = asked().size();

        // When
        ListPage second = await(store.list(three.after(first.next().orElseThrow())));

        // Then
        assertThat(keys(first)).containsExactly("a/1", "a/2", "b/c/1");
        assertThat(keys(second)).containsExactly("b/d", "e");
        assertThat(second.next()).isEmpty();
        assertThat(asked().subList(before, asked().size())).containsExactly("b/c/", "b/", "");
    }

    @Test
    void anEmptyAnswerBeforeTheEndIsNotTheEnd() {
        proxy.on(Requests.listings().nth(1), Faults.rewrite(xml -> more(emptied(xml), "x")));
        ListPage page = await(store.list(ALL));
        assertThat(keys(page)).isEmpty();
        assertThat(proxy.requests().getLast().query("continuation-token")).contains("x");
    }

    @Test
    void moreButNotWhereIsAFailure() {
        rewrite(xml -> emptied(xml).replace("<IsTruncated>false", "<IsTruncated>true"));
        assertThat(failureOf(store.list(ALL)).kind()).isEqualTo(ErrorKind.INTERNAL);
    }

    @Test
    void noWordWhetherThereIsMoreIsAFailure() {
        rewrite(xml -> xml.replaceAll("<IsTruncated>.*</IsTruncated>", ""));
        assertThat(failureOf(store.list(ALL)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    void aServerThatTakesNoPlaceToBeginAtIsAFailure() {
        // Given
        ListRequest two = new ListRequest("a", Optional.empty(), 1);
        String token = await(store.list(two)).next().orElseThrow();

        // When
        rewrite(xml -> xml.replace("<Key>a%2F2</Key>", "<Key>a%2F1</Key>").replace("<Key>a/2</Key>", "<Key>a/1</Key>"));

        // Then
        assertThat(failureOf(store.list(two.after(token))).kind()).isEqualTo(ErrorKind.INTERNAL);
    }

    @Test
    void foldersThatAreNotBelowAreAFailure() {
        for (String strange : List.of("a", "z", "", "a/b/", "b/c/d/", "b/")) {
            proxy.on(
                    Requests.listings().matching(request -> prefix(request).equals("b/")),
                    Faults.rewrite(xml -> xml.replaceAll("(<CommonPrefixes><Prefix>)[^<]*", "$1" + strange)));
            assertThat(failureOf(store.list(ALL)).kind()).as(strange).isEqualTo(ErrorKind.INTERNAL);
        }
    }

    @Test
    void namesOutOfOrderAreAFailure() {
        rewrite(xml -> xml.replaceAll("<Key>a(%2F|/)1</Key>", "<Key>a/3</Key>"));
        assertThat(failureOf(store.list(ALL)).kind()).isEqualTo(ErrorKind.INTERNAL);
    }

    @Test
    void aRefusalMidwayIsARefusal() {
        proxy.on(Requests.listings().nth(3), Faults.error(403, "AccessDenied"));
        assertThat(failureOf(store.list(ALL)).kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
        assertThat(keys(await(store.list(ALL)))).hasSize(5);
    }

    @Test
    void theTokenOfAnotherListingIsRefused() {
        String token = await(store.list(new ListRequest("a", Optional.empty(), 1)))
                .next()
                .orElseThrow();
        assertThat(failureOf(store.list(new ListRequest("b", Optional.of(token), 1)))
                        .kind())
                .isEqualTo(ErrorKind.KEY_INVALID);
    }

    /** However many folders hold nothing: a page takes a bounded number of requests, and the next one goes on. */
    @Test
    void foldersWithoutDocumentsEndAPageNotTheListing() {
        // Given
        int folders = FolderWalk.MOST_REQUESTS + 20;
        for (int number = 0; number < folders; number++) {
            plant(new DocumentKey("c/%03d/.hermes-tmp-1".formatted(number)), BYTES);
        }

        // When
        List<ListPage> pages = Steps.pages(store, "", ListRequest.MAX_LIMIT);

        // Then
        List<String> all = new ArrayList<>();
        pages.forEach(page -> all.addAll(keys(page)));
        assertThat(all).containsExactly("a/1", "a/2", "b/c/1", "b/d", "e");
        assertThat(pages).hasSize(2);
        assertThat(asked())
                .as("each folder once, and again the one where the page ended and the two around it")
                .hasSize(5 + folders + 3);
    }

    /** The prefixes of all listings that were asked for, in order. */
    private List<String> asked() {
        return proxy.requests().stream()
                .filter(request -> request.query("list-type").isPresent())
                .map(S3FolderListsTest::prefix)
                .toList();
    }

    private static String prefix(ProxiedRequest listing) {
        return URLDecoder.decode(listing.query("prefix").orElse(""), StandardCharsets.UTF_8);
    }

    private static String emptied(String xml) {
        return xml.replaceAll("<Contents>.*</Contents>", "").replaceAll("<CommonPrefixes>.*</CommonPrefixes>", "");
    }

    private static String more(String xml, String token) {
        return xml.replaceAll(
                "<IsTruncated>false</IsTruncated>",
                "<IsTruncated>true</IsTruncated><NextContinuationToken>" + token + "</NextContinuationToken>");
    }

    private void rewrite(UnaryOperator<String> change) {
        proxy.on(Requests.listings(), Faults.rewrite(change));
    }

    private static List<String> keys(ListPage page) {
        return page.entries().stream().map(entry -> entry.key().value()).toList();
    }
}
