package io.hermes.storage.s3;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Answers that no S3 server gives, taken for what they are before the SDK tries to understand them: the page of a proxy or a login
 * page under a status of success is a gateway's failure, and an answer that is to be read into memory has a bound.
 */
final class StrangeAnswers implements ExecutionInterceptor {

    private static final int BAD_GATEWAY = 502;
    /** S3's own descriptions of errors have some hundred bytes. */
    private static final long LONGEST_ERROR = 64 * 1024;
    /** A page of a thousand names of the greatest length, each byte written as {@code %XX}, has less than half of that. */
    private static final long LONGEST_PAGE = 16 * 1024 * 1024;

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return taken(context.httpResponse());
    }

    @Override
    public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        boolean successful = context.httpResponse().isSuccessful();
        return context.request() instanceof GetObjectRequest && successful
                ? context.responsePublisher()
                : context.responsePublisher().map(body -> bounded(body, successful));
    }

    /** The answer as what it is to be taken for. */
    static SdkHttpResponse taken(SdkHttpResponse answer) {
        // A document may well be HTML, but then it has an ETag.
        boolean page = answer.firstMatchingHeader("Content-Type")
                        .filter(type -> type.startsWith("text/html"))
                        .isPresent()
                && answer.firstMatchingHeader("ETag").isEmpty();
        return page && answer.isSuccessful()
                ? answer.toBuilder().statusCode(BAD_GATEWAY).build()
                : answer;
    }

    /** The body as far as it is to be read into memory. */
    static Publisher<ByteBuffer> bounded(Publisher<ByteBuffer> body, boolean listing) {
        return reader -> body.subscribe(new Bounded(reader, listing ? LONGEST_PAGE : LONGEST_ERROR));
    }

    /** Ends a body at its bound; what was cut off is no XML any more. */
    private static final class Bounded implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> reader;
        private long left;
        private Subscription body;

        private Bounded(Subscriber<? super ByteBuffer> reader, long limit) {
            this.reader = reader;
            left = limit;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            body = subscription;
            reader.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            if (left < 0) {
                return;
            }
            left -= piece.remaining();
            if (left < 0) {
                reader.onComplete();
                body.cancel();
            } else {
                reader.onNext(piece);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (left >= 0) {
                reader.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (left >= 0) {
                reader.onComplete();
            }
        }
    }
}
