package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListRequest;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.hermes.storage.testing.S3Server;
import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class S3RoundTripTest {

    private static final int MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static S3Server server;
    private static S3StoreFactory factory;
    private static DocumentStore store;

    @BeforeAll
    static void start() {
        server = S3Server.start("documents");
        factory = new S3StoreFactory();
        store = factory.open(
                S3StoreSettings.on(server).with("prefix", "production").build());
    }

    @AfterAll
    static void stop() {
        store.close();
        factory.close();
        server.close();
    }

    @Test
    void writesALargeDocumentByPartsAndStreamsItBack() {
        // Given
        byte[] bytes = new byte[40 * MIB + 17];
        new Random(1).nextBytes(bytes);
        Multi<ByteBuffer> pieces = Multi.createFrom()
                .items(IntStream.rangeClosed(0, bytes.length / MIB)
                        .mapToObj(i -> ByteBuffer.wrap(bytes, i * MIB, Math.min(MIB, bytes.length - i * MIB))));
        DocumentKey key = new DocumentKey("large.bin");

        // When
        Written written = store.write(new WriteRequest(
                        key,
                        new DocumentContent.Streamed(bytes.length, pieces),
                        Optional.empty(),
                        DocumentMetadata.NONE,
                        Optional.empty(),
                        Precondition.ifAbsent()))
                .await()
                .atMost(PATIENCE);

        // Then
        OpenDocument document = store.read(ReadRequest.latest(key, MIB)).await().atMost(PATIENCE);
        ByteBuffer back = ByteBuffer.allocate(bytes.length);
        ((DocumentContent.Streamed) document.content())
                .bytes()
                .invoke(back::put)
                .collect()
                .last()
                .await()
                .atMost(PATIENCE);
        assertThat(back.array()).isEqualTo(bytes);
        assertThat(written.requests()).isEqualTo(6 + 4);
        assertThat(store.list(ListRequest.everything()).await().atMost(PATIENCE).entries())
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.revision().matches(written.revision())).isTrue());
    }

    /** What is stored is what is moved: nobody unpacks it on the way. */
    @Test
    void bytesThatSayTheyArePackedStayPacked() {
        byte[] packed = {0x1f, (byte) 0x8b, 8, 0, 'n', 'o', 't', ' ', 'r', 'e', 'a', 'l', 'l', 'y'};
        String object = "production/packed";
        try (S3AsyncClient bystander = server.client()) {
            // Given
            bystander
                    .putObject(
                            put -> put.bucket(server.bucket()).key(object).contentEncoding("gzip"),
                            AsyncRequestBody.fromBytes(packed))
                    .join();

            // When
            OpenDocument document = store.read(ReadRequest.latest(new DocumentKey("packed"), MIB))
                    .await()
                    .atMost(PATIENCE);

            // Then
            assertThat(((DocumentContent.Whole) document.content()).bytes()).isEqualTo(ByteBuffer.wrap(packed));
            bystander
                    .deleteObject(delete -> delete.bucket(server.bucket()).key(object))
                    .join();
        }
    }
}
