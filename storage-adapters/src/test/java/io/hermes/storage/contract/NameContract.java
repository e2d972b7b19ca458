package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key is kept exactly as it is spelled, or refused. */
interface NameContract extends StoreUnderTest {

    /** Names that stores, file systems and signatures have stumbled over. */
    List<String> NAMES = List.of(
            "with space",
            " leading space",
            "trailing space ",
            "per%cent",
            "a%2Fb",
            "a%20b",
            "plus+plus",
            "a&b=c?d#e",
            "semi;colon,comma",
            "quote'quote\"",
            "<angle>",
            "back\\slash",
            "star*",
            "~tilde",
            "-dash",
            ".hidden",
            "trailing dot.",
            "...",
            "colon:",
            "pipe|",
            "$dollar",
            "{brace}",
            "CON",
            "x.metadata.json",
            "line\nbreak",
            "tab\tbed",
            "\u0001",
            "\u007f",
            "\u00e4",
            "a\u0308",
            "\u65e5\u672c\u8a9e",
            "\ud83d\ude80",
            "\u202eltr",
            "zero\u200bwidth",
            "\ufffd",
            "A",
            "deep/a/b/c/d/e/f/g/h",
            "x".repeat(200));

    @Test
    default void keepsEveryNameOrRefusesIt() {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        // When
        List<String> kept = new ArrayList<>();
        for (String name : NAMES) {
            if (accepts(name)) {
                kept.add(name);
            }
        }

        // Then
        assertThat(keys(store())).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(keys(store(), "", 3)).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(kept).contains("with space", "a%2Fb", "plus+plus", "\u00e4", "\ud83d\ude80");
        for (String name : kept) {
            assertThat(read(store(), name)).as(name).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
            assertThat(await(store().stat(key(name))).key().value()).isEqualTo(name);
        }
        kept.forEach(name -> await(store().delete(key(name), Precondition.none())));
        assertThat(keys(store())).isEmpty();
    }

    private boolean accepts(String name) {
        try {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            return await(store().write(request(name, whole(bytes), mildest()))).size() > 0;
        } catch (StorageException refused) {
            assertThat(refused.kind()).as(name).isEqualTo(ErrorKind.KEY_INVALID);
            return false;
        }
    }

    @Test
    default void aFolderIsNoDocument() {
        assumeTrue(store().capabilities().has(Feature.WRITE)
                && store().capabilities().has(Feature.HIERARCHICAL));
        // Given
        Steps.put(store(), "a/b", bytes(1));

        // When
        ErrorKind folder = Steps.kindOf(store().write(request("a", whole(bytes(2)), Precondition.none())));
        ErrorKind below = Steps.kindOf(store().write(request("a/b/c", whole(bytes(2)), Precondition.none())));
        await(store().delete(key("a"), Precondition.none()));

        // Then
        assertThat(List.of(folder, below)).containsOnly(ErrorKind.PRECONDITION_FAILED);
        assertThat(keys(store())).containsExactly("a/b");
    }
}
