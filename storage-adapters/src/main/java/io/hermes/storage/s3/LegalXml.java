package io.hermes.storage.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * Makes XML of listings that are none. A name may hold characters that XML cannot write. Keys come URL-encoded, but Ceph also tells where
 * a page began and ended, and does that without encoding, so that the parser refuses the whole page. Such characters are replaced
 * wherever they stand but in a key. What they stood in is then of no use: {@link S3Listing} goes on behind a key instead.
 */
final class LegalXml implements ExecutionInterceptor {

    /** Whether a name survives being written into XML and read again, line ends included. */
    static boolean carries(String name) {
        return name.chars().noneMatch(unit -> unit < ' ' || unit >= 0xfffe);
    }

    @Override
    public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        boolean listing = context.request() instanceof ListObjectsV2Request
                || context.request() instanceof ListObjectVersionsRequest;
        return listing
                ? context.responsePublisher()
                        .map(body -> SdkPublisher.adapt(body).map(new Mending()::mended))
                : context.responsePublisher();
    }

    /** One body on its way, in pieces that end anywhere. */
    static final class Mending {

        private static final Pattern CONTROL = Pattern.compile("&#x0*([1-8bcef]|1[0-9a-f]);", Pattern.CASE_INSENSITIVE);
        private static final byte[] MAKES_A_LETTER = "00".getBytes(StandardCharsets.US_ASCII);
        private static final int LONGEST = 12;
        /** How U+FFFD begins in UTF-8, and U+FFFE and U+FFFF, which are no characters. */
        private static final int BEGINNING = 0xefbf;

        private static final int REPLACEMENT = 0xbd;

        /** From the last mark on, as far as it matters. */
        private final StringBuilder recent = new StringBuilder(LONGEST);

        private boolean inKey;
        private int lastTwo;

        ByteBuffer mended(ByteBuffer piece) {
            ByteArrayOutputStream legal = new ByteArrayOutputStream(piece.remaining() + LONGEST);
            for (ByteBuffer rest = piece.duplicate(); rest.hasRemaining(); ) {
                int octet = rest.get() & 0xff;
                follow(octet);
                if (inKey) {
                    legal.write(octet);
                } else {
                    mend(octet, legal);
                }
                lastTwo = (lastTwo << 8 | octet) & 0xffff;
            }
            return ByteBuffer.wrap(legal.toByteArray());
        }

        private void follow(int octet) {
            if (octet == '<' || octet == '&') {
                recent.setLength(0);
                inKey &= octet == '&';
            }
            if (recent.length() < LONGEST) {
                recent.append((char) octet);
            }
            inKey |= octet == '>' && recent.toString().equals("<Key>");
        }

        private void mend(int octet, ByteArrayOutputStream legal) {
            if (octet == ';' && CONTROL.matcher(recent).matches()) {
                // The beginning of the reference has gone out already; with two more digits it means some letter.
                legal.writeBytes(MAKES_A_LETTER);
                legal.write(octet);
            } else if (octet < ' ' && "\t\n\r".indexOf(octet) < 0) {
                legal.write('?');
            } else {
                legal.write(lastTwo == BEGINNING && octet > REPLACEMENT ? REPLACEMENT : octet);
            }
        }
    }
}
