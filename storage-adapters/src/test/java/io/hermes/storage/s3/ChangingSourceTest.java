package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.local.LocalStoreFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that changes while it is copied to S3 by parts: what comes to stand there is what was pinned, or nothing. */
class ChangingSourceTest extends ThroughFaults {

    private static final int SIZE = 24 * MIB;

    @TempDir
    Path root;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.write(root.resolve("source.bin"), new byte[SIZE]);
    }

    @Test
    void aGrowingFileIsNotCopied() {
        assertNotCopied(() -> append(new byte[MIB]));
    }

    @Test
    void aShrinkingFileIsNotCopied() {
        assertNotCopied(() -> truncate(9 * MIB));
    }

    @Test
    void aFileWrittenOverInPlaceIsNotCopied() {
        assertNotCopied(() -> {
            truncate(0);
            append(new byte[SIZE]);
        });
    }

    @Test
    void aFileThatVanishesIsCopiedWholeOrNotAtAll() {
        try {
            copyWhile(() -> delete(file));
            assertThat(held(KEY)).hasValue(new byte[SIZE]);
        } catch (StorageException failure) {
            assertThat(failure.kind()).isEqualTo(ErrorKind.CHANGED);
            assertThat(held(KEY)).isEmpty();
        }
        Awaitility.await().untilAsserted(() -> assertThat(unfinishedUploads()).isZero());
    }

    private void assertNotCopied(Runnable change) {
        StorageException failure =
                org.assertj.core.api.Assertions.catchThrowableOfType(StorageException.class, () -> copyWhile(change));
        assertThat(failure.kind()).isIn(ErrorKind.CHANGED, ErrorKind.CONTENT_TRUNCATED);
        assertThat(failure.kind().retryable()).isTrue();
        assertThat(held(KEY)).isEmpty();
        Awaitility.await().untilAsserted(() -> assertThat(unfinishedUploads()).isZero());
    }

    /** The change comes when the first mebibytes have been read and the last ones have not. */
    private void copyWhile(Runnable change) {
        AtomicInteger pieces = new AtomicInteger();
        try (DocumentStore local = new LocalStoreFactory().open(localSettings())) {
            DocumentContent.Streamed content =
                    (DocumentContent.Streamed) await(local.read(ReadRequest.latest(new DocumentKey("source.bin"), MIB)))
                            .content();
            await(store.write(request(
                    new DocumentContent.Streamed(SIZE, content.bytes().invoke(piece -> {
                        if (pieces.getAndIncrement() == 4) {
                            change.run();
                        }
                    })),
                    Precondition.none())));
        }
    }

    private StoreSettings localSettings() {
        Map<String, String> config = Map.of("base_path", root.toString());
        return new StoreSettings(new UUID(0, 1), "local-test", "local", true, config, Map.of(), Optional.empty());
    }

    private void append(byte[] bytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            int unused = channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void truncate(long size) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileChannel unused = channel.truncate(size);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
