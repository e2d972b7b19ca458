package io.hermes.storage.contract;

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
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key is kept exactly as it is spelled, or refused. */
interface NameContract extends StoreUnderTest {

    @Test
    default void keepsEveryNameOrRefusesIt() {
        needs(Feature.WRITE);
        // When
        List<String> kept = OddNames.all().stream().filter(this::accepts).toList();

        // Then
        assertThat(keys(store())).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(kept).containsAll(OddNames.KEPT_EVERYWHERE);
        for (String name : kept) {
            assertThat(read(store(), name)).as(name).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
            assertThat(await(store().stat(key(name))).key().value()).isEqualTo(name);
        }
        kept.forEach(name -> await(store().delete(key(name), Precondition.none())));
        assertThat(keys(store())).isEmpty();
    }

    /** Whether the store took the name; if not, nothing stands under it. */
    private boolean accepts(String name) {
        try {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            return await(store().write(request(name, whole(bytes), mildest()))).size() > 0;
        } catch (StorageException refused) {
            assertThat(refused.kind()).as(name).isEqualTo(refusalOf(name));
            assertThat(kindOf(store().stat(key(name)))).as(name).isIn(ErrorKind.NOT_FOUND, refusalOf(name));
            assertThat(kindOf(store().read(ReadRequest.latest(key(name), 10))))
                    .as(name)
                    .isIn(ErrorKind.NOT_FOUND, refusalOf(name));
            return false;
        }
    }

    /** How a name is refused; another kind only where a server fails at a name that ours allow. */
    default ErrorKind refusalOf(String name) {
        return ErrorKind.KEY_INVALID;
    }

    @Test
    default void aPageMayEndAtAnyName() {
        needs(Feature.WRITE);
        // Given
        List<String> kept = OddNames.all().stream().filter(this::accepts).toList();

        // Then
        for (int limit : new int[] {1, 7}) {
            assertThat(keys(store(), "", limit)).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    @Test
    default void namesThatLookTheSameAreTwoDocumentsOrOneIsRefused() {
        needs(Feature.WRITE);
        for (List<String> pair : OddNames.PAIRS) {
            // When
            List<String> kept = new ArrayList<>();
            for (String name : pair) {
                try {
                    await(store().write(request(name, whole(name.getBytes(StandardCharsets.UTF_8)), mildest())));
                    kept.add(name);
                } catch (StorageException refused) {
                    assertThat(refused.kind()).isIn(ErrorKind.KEY_INVALID, ErrorKind.PRECONDITION_FAILED);
                }
            }

            // Then
            assertThat(kept).isNotEmpty();
            kept.forEach(name -> assertThat(read(store(), name)).isEqualTo(name.getBytes(StandardCharsets.UTF_8)));
            assertThat(keys(store())).containsExactlyInAnyOrderElementsOf(kept);
            kept.forEach(name -> await(store().delete(key(name), Precondition.none())));
        }
    }

    @Test
    default void namesOfOursAreNoDocuments() {
        needs(Feature.WRITE);
        for (String name : new String[] {".hermes-probe/a", ".hermes-tmp-1", "a/.hermes-x/b", "a/.hermes-trash"}) {
            assertThat(kindOf(store().write(request(name, whole(bytes(1)), Precondition.none()))))
                    .as(name)
                    .isEqualTo(ErrorKind.KEY_INVALID);
            assertThat(kindOf(store().stat(key(name)))).as(name).isIn(ErrorKind.NOT_FOUND, ErrorKind.KEY_INVALID);
        }
        assertThat(keys(store())).isEmpty();
    }

    @Test
    default void theLongestKeyIsKeptAndOneByteMoreIsRefused() {
        needs(Feature.WRITE);
        // Given
        int limit = store().capabilities().maxKeyBytes();
        String longest = OddNames.ofBytes(limit);

        // When
        put(store(), longest, bytes(10));
        ErrorKind kind = kindOf(store().write(request(longest + "z", whole(bytes(1)), Precondition.none())));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.KEY_INVALID);
        assertThat(keys(store())).containsExactly(longest);
        assertThat(read(store(), longest)).isEqualTo(bytes(10));
        await(store().delete(key(longest), Precondition.none()));
        assertThat(keys(store())).isEmpty();
    }

    @Test
    default void aFolderIsNoDocument() {
        needs(Feature.WRITE);
        needs(Feature.HIERARCHICAL);
        // Given
        put(store(), "a/b", bytes(1));

        // When
        ErrorKind folder = kindOf(store().write(request("a", whole(bytes(2)), Precondition.none())));
        ErrorKind below = kindOf(store().write(request("a/b/c", whole(bytes(2)), Precondition.none())));
        await(store().delete(key("a"), Precondition.none()));

        // Then
        assertThat(List.of(folder, below)).containsOnly(ErrorKind.PRECONDITION_FAILED);
        assertThat(keys(store())).containsExactly("a/b");
    }
}
