package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Whatever HTTP client sits below: a body of another length than announced never passes. */
class ContentReceiverTest {

    private static final long ANNOUNCED = 1000;

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 999, 1001})
    void aWholeBodyOfAnotherLengthFails(int length) {
        Throwable failure = catchThrowable(() -> receive(length, ANNOUNCED).join());
        assertThat(S3Errors.of("read", "a", failure).kind()).isEqualTo(ErrorKind.CONTENT_TRUNCATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 999, 1001})
    void aStreamOfAnotherLengthFails(int length) {
        // Given
        DocumentContent content = receive(length, ANNOUNCED - 1).join().content();

        // When
        Throwable failure = catchThrowable(() -> ((DocumentContent.Streamed) content)
                .bytes()
                .collect()
                .asList()
                .await()
                .indefinitely());

        // Then
        assertThat(((StorageException) failure).kind()).isEqualTo(ErrorKind.CONTENT_TRUNCATED);
    }

    private static CompletableFuture<ContentReceiver.Received> receive(int length, long wholeUpTo) {
        ContentReceiver receiver = new ContentReceiver("a", wholeUpTo);
        CompletableFuture<ContentReceiver.Received> received = receiver.prepare();
        receiver.onResponse(GetObjectResponse.builder().contentLength(ANNOUNCED).build());
        Multi<ByteBuffer> body =
                Multi.createFrom().items(ByteBuffer.allocate(length / 2), ByteBuffer.allocate(length - length / 2));
        receiver.onStream(SdkPublisher.adapt(FlowAdapters.toPublisher(body)));
        return received;
    }
}
