package io.hermes.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.protocols.query.unmarshall.XmlDomParser;
import software.amazon.awssdk.protocols.query.unmarshall.XmlElement;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.BinaryUtils;

/** Reads the answer to a request that did not go through the SDK; a refusal becomes the exception that the SDK would have made of it. */
abstract sealed class Answer<R> implements SdkAsyncHttpResponseHandler permits PutAnswer, GetAnswer {

    private final CompletableFuture<R> told;
    private final Duration skew;
    private volatile SdkHttpResponse head;

    /**
     * @param told what the answer comes to
     * @param skew how much the clock was believed to be fast when the request was signed
     */
    Answer(CompletableFuture<R> told, Duration skew) {
        this.told = told;
        this.skew = skew;
    }

    /** Completes on the thread of the network. */
    final CompletableFuture<R> told() {
        return told;
    }

    /** A success, whose body is to be read to its end or cancelled. */
    abstract void onSuccess(SdkHttpResponse head, Publisher<ByteBuffer> body);

    @Override
    public final void onHeaders(SdkHttpResponse headers) {
        head = StrangeAnswers.taken(headers);
    }

    @Override
    public final void onStream(Publisher<ByteBuffer> body) {
        if (head.isSuccessful()) {
            onSuccess(head, body);
        } else {
            collect(body, bytes -> onError(refused(description(bytes))));
        }
    }

    @Override
    public void onError(Throwable failure) {
        told.completeExceptionally(failure);
    }

    /** Reads all of a body that is bounded. */
    final void collect(Publisher<ByteBuffer> body, Consumer<byte[]> whole) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
        var unused = SdkPublisher.adapt(StrangeAnswers.bounded(body, false))
                .subscribe(piece -> bytes.writeBytes(BinaryUtils.copyRemainingBytesFrom(piece)))
                .whenComplete((end, failure) -> {
                    if (failure == null) {
                        whole.accept(bytes.toByteArray());
                    } else {
                        onError(failure);
                    }
                });
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
}
