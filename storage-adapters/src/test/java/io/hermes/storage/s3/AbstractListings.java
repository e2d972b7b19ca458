package io.hermes.storage.s3;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.pages;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** A listing from folder to folder shows exactly what a flat one shows, in that order, and each goes on where the other stopped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractListings {

    /** Names around the slash in the order of bytes, folders in folders, and characters that servers sort differently. */
    private static final List<String> NASTY = List.of(
            "docs!",
            "docs-old/a",
            "docs-old/z",
            "docs.md",
            "docs/a",
            "docs/a-b/c",
            "docs/a.b",
            "docs/a0",
            "docs/b/c/d/e/f/g/h",
            "docs/b/c/d/e2",
            "docs/b/c0",
            "docs0",
            "d/".repeat(40) + "deep",
            "e/%2F+ &?/a%20b",
            "e/\u00e4/x",
            "e/a\u0308/x",
            "w/\uff08a/1",
            "w/\uff08b",
            "w/\ud83d\ude80a",
            "w/\ud83d\ude80b/1",
            "w/\ud83d\ude80b/\uff08",
            "w/\ud83d\ude80c",
            "x/\uff08/\ud83d\ude80",
            "x/\ud83d\ude80",
            "x/\ud83d\ude81",
            "y/\ue000",
            "y/\udbff\udffd",
            ".hermes-tmp-1",
            "z/.hermes-tmp-2/a",
            "z/z");

    private final S3StoreFactory factory = new S3StoreFactory();

    /** Settings of a store in a bucket that is there. */
    abstract S3StoreSettings settings();

    /** A client that goes past the code under test. */
    abstract S3AsyncClient bystander();

    abstract String bucket();

    /** What only a store without a file system behind it can hold, or list flat page by page. */
    abstract List<String> moreNames();

    @BeforeAll
    void plant() {
        Stream<String> many = IntStream.range(0, 2010)
                .mapToObj(number -> number % 3 == 0 ? "many/%04d/x".formatted(number) : "many/%04d".formatted(number));
        Stream<String> names =
                Stream.of(NASTY, moreNames()).flatMap(List::stream).map("nasty/"::concat);
        try (S3AsyncClient client = bystander()) {
            Multi.createFrom()
                    .items(Stream.concat(names, many))
                    .onItem()
                    .transformToUni(name -> Uni.createFrom()
                            .completionStage(() -> client.putObject(
                                    put -> put.bucket(bucket()).key(name), AsyncRequestBody.fromBytes(new byte[] {1}))))
                    .merge(16)
                    .collect()
                    .last()
                    .await()
                    .atMost(Duration.ofMinutes(2));
            for (String marker : List.of("nasty/", "nasty/docs/", "nasty/marked/")) {
                client.putObject(put -> put.bucket(bucket()).key(marker), AsyncRequestBody.empty())
                        .join();
            }
        }
    }

    @AfterAll
    void close() {
        factory.close();
    }

    DocumentStore open(String listing) {
        return factory.open(settings().with("listing", listing).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void eitherWayIsTheSameSequence(int limit) {
        try (DocumentStore flat = open("flat");
                DocumentStore folders = open("folders")) {
            for (String prefix :
                    List.of("nasty", "nasty/docs", "nasty/docs/b/c", "nasty/w", "nasty/x", "nasty/nowhere")) {
                assertThat(all(pages(folders, prefix, limit)))
                        .as(prefix)
                        .isEqualTo(all(pages(flat, prefix, ListRequest.MAX_LIMIT)));
            }
        }
    }

    @Test
    void aFolderMayHaveMoreNamesThanAnAnswer() {
        try (DocumentStore flat = open("flat");
                DocumentStore folders = open("folders")) {
            Listed expected = all(pages(flat, "", ListRequest.MAX_LIMIT));
            assertThat(expected.entries()).hasSizeGreaterThan(2010);
            for (int limit : new int[] {999, ListRequest.MAX_LIMIT}) {
                List<ListPage> pages = pages(folders, "", limit);
                assertThat(all(pages)).isEqualTo(expected);
                assertThat(pages)
                        .allSatisfy(page -> assertThat(
                                        page.entries().size() + page.rejected().size())
                                .isLessThanOrEqualTo(limit));
            }
        }
    }

    /** Also where the setting was changed in the middle of a listing. */
    @ParameterizedTest
    @ValueSource(strings = {"folders", "flat"})
    void everyTokenLeadsOnInEitherWay(String begun) {
        try (DocumentStore beginning = open(begun);
                DocumentStore flat = open("flat");
                DocumentStore folders = open("folders")) {
            Listed expected = all(pages(flat, "nasty", ListRequest.MAX_LIMIT));
            List<ListPage> before = new ArrayList<>();
            for (ListPage page : pages(beginning, "nasty", 1)) {
                before.add(page);
                for (DocumentStore other : List.of(folders, flat)) {
                    List<ListPage> whole = new ArrayList<>(before);
                    page.next().ifPresent(token -> whole.addAll(rest(other, token)));
                    assertThat(all(whole)).as(page.next().orElse("")).isEqualTo(expected);
                }
            }
        }
    }

    private static List<ListPage> rest(DocumentStore store, String token) {
        List<ListPage> rest = new ArrayList<>();
        for (Optional<String> next = Optional.of(token); next.isPresent(); ) {
            ListPage page = await(store.list(new ListRequest("nasty", next, ListRequest.MAX_LIMIT)));
            rest.add(page);
            next = page.next();
        }
        return rest;
    }

    /** A listing without its pages. */
    private record Listed(List<ListPage.Entry> entries, List<ListPage.Rejected> rejected) {}

    private static Listed all(List<ListPage> pages) {
        return new Listed(
                pages.stream().flatMap(page -> page.entries().stream()).toList(),
                pages.stream().flatMap(page -> page.rejected().stream()).toList());
    }
}
