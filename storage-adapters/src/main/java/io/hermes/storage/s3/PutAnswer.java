package io.hermes.storage.s3;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** The answer to a PUT: what names the new state of the object. */
final class PutAnswer extends Answer<PutObjectResponse> {

    PutAnswer(Duration skew) {
        super(new CompletableFuture<>(), skew);
    }

    @Override
    void onSuccess(SdkHttpResponse head, Publisher<ByteBuffer> body) {
        collect(body, ignored -> told().complete(response(head)));
    }

    private static PutObjectResponse response(SdkHttpResponse head) {
        return (PutObjectResponse) PutObjectResponse.builder()
                .eTag(head.firstMatchingHeader("ETag").orElse(null))
                .versionId(head.firstMatchingHeader("x-amz-version-id").orElse(null))
                .sdkHttpResponse(head)
                .build();
    }
}
