package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listing that goes wrong is a failure, never a short list: what is missing from it would never be copied. */
class S3FaultyListsTest extends ThroughFaults {

    private static final ListRequest FIRST_TWO = new ListRequest("", Optional.empty(), 2);

    @BeforeEach
    void plantFive() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            plant(new DocumentKey(name), BYTES);
        }
    }

    @Test
    void moreWithoutATokenIsAFailure() {
        rewrite(xml -> xml.replaceAll("<NextContinuationToken>.*</NextContinuationToken>", ""));
        assertThat(failureOf(store.list(FIRST_TWO)).kind()).isEqualTo(ErrorKind.INTERNAL);
    }

    @Test
    void aPageThatComesAgainIsAFailure() {
        String token = await(store.list(FIRST_TWO)).next().orElseThrow();
        rewrite(xml -> xml.replaceAll(
                "<NextContinuationToken>.*</NextContinuationToken>",
                "<NextContinuationToken>" + token + "</NextContinuationToken>"));
        assertThat(failureOf(store.list(FIRST_TWO.after(token))).kind()).isEqualTo(ErrorKind.INTERNAL);
    }

    @Test
    void noWordWhetherThereIsMoreIsAFailure() {
        rewrite(xml -> xml.replaceAll("<IsTruncated>.*</IsTruncated>", ""));
        assertThat(failureOf(store.list(FIRST_TWO)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    void anEmptyPageBeforeTheEndIsNotTheEnd() {
        rewrite(xml -> xml.replaceAll("<Contents>.*</Contents>", ""));
        ListPage page = await(store.list(FIRST_TWO));
        assertThat(page.entries()).isEmpty();
        assertThat(page.next()).isPresent();
    }

    @Test
    void aNameThatComesTwiceCountsOnce() {
        rewrite(xml -> xml.replace("<Key>b</Key>", "<Key>a</Key>"));
        assertThat(keys(await(store.list(FIRST_TWO)))).containsExactly("a");
    }

    @Test
    void namesOutOfOrderAreTakenAsTheyCome() {
        rewrite(xml -> xml.replace("<Key>a</Key>", "<Key>z</Key>"));
        assertThat(keys(await(store.list(FIRST_TWO)))).containsExactly("z", "b");
    }

    @Test
    void namesOutsideTheFolderAreAFailure() {
        plant(new DocumentKey("folder/x"), BYTES);
        rewrite(xml -> xml.replace("<Key>folder/x</Key>", "<Key>folder-old/x</Key>"));
        assertThat(failureOf(store.list(new ListRequest("folder", Optional.empty(), 10)))
                        .kind())
                .isEqualTo(ErrorKind.INTERNAL);
    }

    @Test
    void aRefusalMidwayIsARefusal() {
        proxy.on(Requests.listings().nth(2), Faults.error(403, "AccessDenied"));
        String token = await(store.list(FIRST_TWO)).next().orElseThrow();
        StorageException failure = failureOf(store.list(FIRST_TWO.after(token)));
        assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
        assertThat(keys(await(store.list(FIRST_TWO.after(token))))).containsExactly("c", "d");
    }

    @Test
    void halfAPageIsAFailure() {
        proxy.on(Requests.listings().nth(1), Faults.truncate(300, Faults.Framing.UNTIL_CLOSE));
        proxy.on(Requests.listings().nth(2), Faults.truncate(300, Faults.Framing.SHORTER_LENGTH));
        proxy.on(Requests.listings().nth(3), Faults.truncate(300, Faults.Framing.CHUNKED));
        for (int time = 0; time < 3; time++) {
            assertThat(failureOf(store.list(FIRST_TWO)).kind()).isIn(ErrorKind.INTERNAL, ErrorKind.UNAVAILABLE);
        }
    }

    @Test
    void anotherXmlDocumentIsAFailure() {
        proxy.on(
                Requests.listings(),
                Faults.answer(() -> ProxiedReply.of(200)
                        .with("Content-Type", "application/xml")
                        .text(Faults.errorXml("InternalError"))));
        assertThat(failureOf(store.list(FIRST_TWO))).hasMessageNotContaining(Faults.CANARY);
    }

    @Test
    void nothingAtThisAddressIsAMissingContainer() {
        proxy.on(Requests.all(), Faults.status(404));
        assertThat(failureOf(store.list(FIRST_TWO)).kind()).isEqualTo(ErrorKind.CONTAINER_MISSING);
        assertThat(failureOf(store.stat(KEY)).kind()).isEqualTo(ErrorKind.CONTAINER_MISSING);
    }

    private void rewrite(UnaryOperator<String> change) {
        proxy.on(Requests.listings(), Faults.rewrite(change));
    }

    private static List<String> keys(ListPage page) {
        return page.entries().stream().map(entry -> entry.key().value()).toList();
    }
}
