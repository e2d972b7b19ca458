package io.hermes.storage.s3;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.utils.DateUtils;

/**
 * The answer to a GET, handed to whoever takes its body. Of its headers the response holds those that describe the document.
 *
 * @param <R> what the receiver makes of it
 */
final class GetAnswer<R> extends Answer<R> {

    private static final String METADATA = "x-amz-meta-";

    private final AsyncResponseTransformer<GetObjectResponse, R> receiver;
    private final boolean compares;

    /** @param compares whether the body is compared with the checksum that the answer tells */
    GetAnswer(AsyncResponseTransformer<GetObjectResponse, R> receiver, boolean compares, Duration skew) {
        super(receiver.prepare(), skew);
        this.receiver = receiver;
        this.compares = compares;
    }

    @Override
    void onSuccess(SdkHttpResponse head, Publisher<ByteBuffer> body) {
        GetObjectResponse response;
        try {
            response = response(head);
        } catch (RuntimeException unreadable) {
            body.subscribe(new ContentReceiver.Cancelling());
            onError(SdkClientException.create("The headers of the answer cannot be read", unreadable));
            return;
        }
        receiver.onResponse(response);
        receiver.onStream(SdkPublisher.adapt(compared(response, body)));
    }

    /** Also when the receiver is amid a body that it handed on. */
    @Override
    public void onError(Throwable failure) {
        receiver.exceptionOccurred(failure);
        super.onError(failure);
    }

    private Publisher<ByteBuffer> compared(GetObjectResponse response, Publisher<ByteBuffer> body) {
        return compares
                ? ToldChecksum.of(response).map(told -> told.checking(body)).orElse(body)
                : body;
    }

    private static GetObjectResponse response(SdkHttpResponse head) {
        return (GetObjectResponse) GetObjectResponse.builder()
                .contentLength(head.firstMatchingHeader("Content-Length")
                        .map(Long::valueOf)
                        .orElse(null))
                .contentRange(text(head, "Content-Range"))
                .contentType(text(head, "Content-Type"))
                .eTag(text(head, "ETag"))
                .versionId(text(head, "x-amz-version-id"))
                .lastModified(modified(head))
                .metadata(metadata(head))
                .checksumCRC32(text(head, "x-amz-checksum-crc32"))
                .checksumCRC32C(text(head, "x-amz-checksum-crc32c"))
                .checksumCRC64NVME(text(head, "x-amz-checksum-crc64nvme"))
                .checksumSHA1(text(head, "x-amz-checksum-sha1"))
                .checksumSHA256(text(head, "x-amz-checksum-sha256"))
                .checksumType(text(head, "x-amz-checksum-type"))
                .sdkHttpResponse(head)
                .build();
    }

    private static String text(SdkHttpResponse head, String name) {
        return head.firstMatchingHeader(name).orElse(null);
    }

    private static Instant modified(SdkHttpResponse head) {
        return head.firstMatchingHeader("Last-Modified")
                .map(DateUtils::parseRfc822Date)
                .orElse(null);
    }

    private static Map<String, String> metadata(SdkHttpResponse head) {
        Map<String, String> metadata = new HashMap<>();
        head.forEachHeader((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), String.join(",", values));
            }
        });
        return metadata;
    }
}
