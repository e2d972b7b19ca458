package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The body of a large document, read by several requests at once and delivered in order. The request that opened the document brings the
 * first bytes and is then ended; only the rest is asked for by ranges, so that a small document, whose size nobody knows before, costs no
 * request more. The decision is in ADR 0013.
 *
 * <p>Every range is asked for at the revision that was opened and checked against what was asked for: another revision is
 * {@link ErrorKind#CHANGED}, another range or length {@link ErrorKind#CONTENT_TRUNCATED}. A range is collected before it counts as read,
 * so that the SDK's retry covers it. What is held is {@code download_concurrency} ranges, and a new one is asked for only when the reader
 * takes one: a reader that takes nothing stops all of them.
 */
final class RangedBody {

    /** Small enough to hold several of them for each of several documents, large enough for the requests not to count. */
    static final int RANGE = 4 << 20;

    private final S3Bucket bucket;
    private final GetObjectRequest opening;
    private final DocumentStat stat;
    private final Runnable asked;
    private final int concurrency;

    /**
     * @param opening the request that opened the document, and brought {@code stat}
     * @param asked told of every range that is asked for
     */
    RangedBody(S3Bucket bucket, GetObjectRequest opening, DocumentStat stat, Runnable asked) {
        this.bucket = bucket;
        this.opening = opening;
        this.stat = stat;
        this.asked = asked;
        this.concurrency = bucket.config().downloadConcurrency();
    }

    /** Whether a document is read like this: where ranges of it are worth their requests. */
    static boolean suits(S3Config config, long size) {
        return config.downloadConcurrency() > 1 && size > config.thresholdBytes();
    }

    /** @param whole what the opening request goes on to bring */
    DocumentContent.Streamed after(DocumentContent.Streamed whole) {
        return new DocumentContent.Streamed(
                whole.size(), Multi.createBy().concatenating().streams(head(whole.bytes()), rest()));
    }

    private Multi<ByteBuffer> head(Multi<ByteBuffer> body) {
        return Multi.createFrom().deferred(() -> {
            Head head = new Head();
            return body.select().first(piece -> head.left > 0).map(head::take);
        });
    }

    private Multi<ByteBuffer> rest() {
        return Multi.createFrom().deferred(() -> {
            Window window = new Window();
            return Multi.createBy()
                    .repeating()
                    .uni(window::next)
                    .atMost(window.ranges())
                    .onTermination()
                    .invoke(window::close);
        });
    }

    /** Cuts the opening request's body where the ranges begin. */
    private static final class Head {
        private int left = RANGE;

        private ByteBuffer take(ByteBuffer piece) {
            int count = Math.min(left, piece.remaining());
            left -= count;
            return piece.slice(piece.position(), count);
        }
    }

    /** The ranges that are asked for or wait for the reader, in order. */
    private final class Window {
        private final Queue<CompletableFuture<ByteBuffer>> ahead = new ArrayDeque<>();
        private long from = RANGE;
        private boolean closed;

        private long ranges() {
            return (stat.size() - 1) / RANGE;
        }

        private synchronized Uni<ByteBuffer> next() {
            while (!closed && ahead.size() < concurrency && from < stat.size()) {
                long to = Math.min(from + RANGE, stat.size());
                asked.run();
                ahead.add(range(from, to).subscribeAsCompletionStage());
                from = to;
            }
            return closed ? Uni.createFrom().nothing() : Uni.createFrom().completionStage(ahead.remove());
        }

        private synchronized void close() {
            closed = true;
            ahead.forEach(range -> range.cancel(false));
            ahead.clear();
        }
    }

    private Uni<ByteBuffer> range(long from, long to) {
        int length = (int) (to - from);
        GetObjectRequest request = opening.toBuilder()
                .range("bytes=" + from + "-" + (to - 1))
                .ifMatch(S3Bucket.quoted(stat.revision()))
                .versionId(stat.revision().version().orElse(null))
                // Of the whole document; it does not fit a part of it.
                .checksumMode((String) null)
                .build();
        return bucket.ask("read", key(), () -> bucket.s3().getObject(request, new ContentReceiver(key(), length)))
                .onFailure(StorageException.is(ErrorKind.PRECONDITION_FAILED, ErrorKind.NOT_FOUND))
                .transform(gone -> changed())
                .map(received -> checked(received, from, to));
    }

    private ByteBuffer checked(ContentReceiver.Received received, long from, long to) {
        GetObjectResponse answer = received.response();
        try {
            if (!stat.revision().matches(S3Bucket.revision(answer.eTag(), answer.versionId()))) {
                throw changed();
            }
            if (answer.contentRange() == null) {
                throw failure(
                        ErrorKind.UNSUPPORTED,
                        "the store does not send parts of documents; set download_concurrency to 1");
            }
            boolean asked = answer.contentRange().equals("bytes " + from + "-" + (to - 1) + "/" + stat.size());
            if (asked && received.content() instanceof DocumentContent.Whole whole && whole.size() == to - from) {
                return whole.bytes();
            }
            throw failure(ErrorKind.CONTENT_TRUNCATED, "the store sent another part than it was asked for");
        } catch (StorageException other) {
            received.discard().run();
            throw other;
        }
    }

    private StorageException changed() {
        return failure(ErrorKind.CHANGED, "the document changed while it was read");
    }

    private StorageException failure(ErrorKind kind, String detail) {
        return new StorageException(kind, "read", key(), detail);
    }

    private String key() {
        return stat.key().value();
    }
}
