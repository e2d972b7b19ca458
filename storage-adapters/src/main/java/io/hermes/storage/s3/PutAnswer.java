package io.hermes.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.protocols.query.unmarshall.XmlDomParser;
import software.amazon.awssdk.protocols.query.unmarshall.XmlElement;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.BinaryUtils;

/** Reads the answer to a PUT: what names the new state of the object, or the exception that the SDK would have made of it. */
final class PutAnswer implements SdkAsyncHttpResponseHandler {

    private final CompletableFuture<PutObjectResponse> told = new CompletableFuture<>();
    private final Duration skew;
    private volatile SdkHttpResponse head;

    /** @param skew how much the clock was believed to be fast when the request was signed */
    PutAnswer(Duration skew) {
        this.skew = skew;
    }

    /** Completes on the thread of the network. */
    CompletableFuture<PutObjectResponse> told() {
        return told;
    }

    @Override
    public void onHeaders(SdkHttpResponse headers) {
        head = StrangeAnswers.taken(headers);
    }

    @Override
    public void onStream(Publisher<ByteBuffer> body) {
        StrangeAnswers.bounded(body, false).subscribe(new Body());
    }

    @Override
    public void onError(Throwable failure) {
        told.completeExceptionally(failure);
    }

    private void onBody(byte[] body) {
        if (head.isSuccessful()) {
            told.complete((PutObjectResponse) PutObjectResponse.builder()
                    .eTag(head.firstMatchingHeader("ETag").orElse(null))
                    .versionId(head.firstMatchingHeader("x-amz-version-id").orElse(null))
                    .sdkHttpResponse(head)
                    .build());
        } else {
            told.completeExceptionally(refused(description(body)));
        }
    }

    private AwsServiceException refused(XmlElement error) {
        return S3Exception.builder()
                .statusCode(head.statusCode())
                .message(textOf(error, "Message"))
                .requestId(head.firstMatchingHeader("x-amz-request-id").orElse(null))
                .extendedRequestId(head.firstMatchingHeader("x-amz-id-2").orElse(null))
                .clockSkew(skew)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(textOf(error, "Code"))
                        .errorMessage(textOf(error, "Message"))
                        .sdkHttpResponse(head)
                        .build())
                .build();
    }

    private static String textOf(XmlElement error, String name) {
        return error.getOptionalElementByName(name).map(XmlElement::textContent).orElse(null);
    }

    /** Gateways describe their errors in HTML or not at all; then the status is all there is. */
    private static XmlElement description(byte[] body) {
        try {
            return XmlDomParser.parse(new ByteArrayInputStream(body));
        } catch (RuntimeException noXml) {
            return XmlElement.empty();
        }
    }

    /** All of the body, which is bounded. */
    private final class Body implements Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            bytes.writeBytes(BinaryUtils.copyRemainingBytesFrom(piece));
        }

        @Override
        public void onError(Throwable failure) {
            told.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            onBody(bytes.toByteArray());
        }
    }
}
