package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.hashOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bytes that were handed over, all of them, and proof of it. */
interface WriteContract extends StoreUnderTest {

    @Test
    default void keepsAWholeDocumentOfAnySize() {
        needs(Feature.WRITE);
        for (int size : edges()) {
            keeps(size, whole(bytes(size)));
        }
    }

    @Test
    default void keepsAStreamedDocumentOfAnySize() {
        needs(Feature.WRITE);
        for (int size : edges()) {
            keeps(size, streamed(bytes(size)));
        }
    }

    private void keeps(int size, DocumentContent content) {
        // When
        Written written = await(store().write(request("a/b.bin", content, Precondition.none())));

        // Then
        assertThat(written.size()).isEqualTo(size);
        assertThat(written.hash()).isEqualTo(hashOf(bytes(size)));
        assertThat(written.proven())
                .as("proven by a store that refuses wrong bytes, and by no other")
                .isEqualTo(has(Feature.REFUSES_WRONG_BYTES));
        assertThat(written.requests()).isPositive();
        assertThat(read(store(), "a/b.bin")).as("%d bytes", size).isEqualTo(bytes(size));
        DocumentStat stat = await(store().stat(key("a/b.bin")));
        assertThat(stat.size()).isEqualTo(size);
        assertThat(stat.revision().matches(written.revision())).isTrue();
    }

    @Test
    default void piecesMayBeEmptyDirectOrPartOfALargerBuffer() {
        needs(Feature.WRITE);
        // Given
        ByteBuffer direct = ByteBuffer.allocateDirect(100).put(bytes(100)).flip();
        ByteBuffer inside = ByteBuffer.wrap(bytes(300)).slice(100, 100).asReadOnlyBuffer();
        Multi<ByteBuffer> pieces = Multi.createFrom()
                .items(ByteBuffer.allocate(0), direct.duplicate(), ByteBuffer.allocate(0), inside.duplicate());

        // When
        Written written =
                await(store().write(request("a", new DocumentContent.Streamed(200, pieces), Precondition.none())));

        // Then
        ByteBuffer expected =
                ByteBuffer.allocate(200).put(direct).put(inside.duplicate()).flip();
        assertThat(written.hash()).isEqualTo(ContentHash.of(expected));
        assertThat(read(store(), "a")).isEqualTo(expected.array());
    }

    @Test
    default void replacesTheOldDocumentByTheNewOne() {
        needs(Feature.WRITE);
        // Given
        Written first = put(store(), "a", bytes(10));

        // When
        Written second = put(store(), "a", bytes(11));

        // Then
        assertThat(second.revision().etag()).isNotEqualTo(first.revision().etag());
        assertThat(read(store(), "a")).isEqualTo(bytes(11));
        assertThat(keys(store())).containsExactly("a");
    }

    @Test
    default void takesBytesThatWereHashedBefore() {
        needs(Feature.WRITE);
        for (DocumentContent content : hashedContents()) {
            int size = (int) content.size();
            assertThat(await(store().write(hashed(content, hashOf(bytes(size)))))
                            .hash())
                    .isEqualTo(hashOf(bytes(size)));
        }
    }

    @Test
    default void otherBytesThanHashedLeaveNothing() {
        needs(Feature.WRITE);
        for (DocumentContent content : hashedContents()) {
            // When
            ErrorKind kind = kindOf(store().write(hashed(content, hashOf(bytes(7)))));

            // Then
            assertThat(kind).isEqualTo(ErrorKind.CONTENT_MISMATCH);
            assertThat(kindOf(store().stat(key("a")))).isEqualTo(ErrorKind.NOT_FOUND);
            assertThat(keys(store())).isEmpty();
        }
    }

    private DocumentContent[] hashedContents() {
        return new DocumentContent[] {whole(bytes(1000)), streamed(bytes(300_000)), streamed(bytes(largeBytes()))};
    }

    private static WriteRequest hashed(DocumentContent content, ContentHash hash) {
        return new WriteRequest(
                key("a"), content, Optional.of(hash), DocumentMetadata.NONE, Optional.empty(), Precondition.none());
    }

    @Test
    default void aDocumentLargerThanTheStoreTakesIsRefusedUnread() {
        needs(Feature.WRITE);
        long limit = store().capabilities().maxDocumentBytes();
        assumeTrue(limit < Long.MAX_VALUE, "only with a largest document");
        // Given
        Multi<ByteBuffer> unread = Multi.createFrom().failure(new AssertionError("the body was asked for"));

        // When
        ErrorKind kind = kindOf(
                store().write(request("a", new DocumentContent.Streamed(limit + 1, unread), Precondition.none())));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.CONTENT_TOO_LARGE);
        assertThat(keys(store())).isEmpty();
    }
}
