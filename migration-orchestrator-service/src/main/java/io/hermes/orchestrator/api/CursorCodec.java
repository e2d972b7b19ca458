package io.hermes.orchestrator.api;

import io.hermes.edge.problem.ApiProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Writes and reads {@code cursor}: where a list goes on, bound to the filter it began with, and signed so that nobody takes it for
 * an input language. The key follows from the service token, which all replicas share.
 */
@ApplicationScoped
class CursorCodec {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "hermes list cursor 1";
    private static final int HASH_BYTES = 8;
    private static final int BODY_BYTES = 2 * Long.BYTES + HASH_BYTES;
    private static final int MAC_BYTES = 16;

    private final SecretKeySpec key;

    CursorCodec(@ConfigProperty(name = "hermes.security.service-token") Optional<String> serviceToken) {
        String secret = PURPOSE + serviceToken.orElse("");
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * The last element of a page.
     *
     * @param sortKey what the list is sorted by, 0 if by number alone
     * @param id its number
     */
    record Cursor(long sortKey, long id) {}

    /** The cursor as text for URLs. The scope names the list and its filter. */
    String write(Cursor cursor, String scope) {
        byte[] body = ByteBuffer.allocate(BODY_BYTES)
                .putLong(cursor.sortKey())
                .putLong(cursor.id())
                .put(hash(scope))
                .array();
        byte[] signed = ByteBuffer.allocate(BODY_BYTES + MAC_BYTES)
                .put(body)
                .put(sign(body), 0, MAC_BYTES)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws ApiProblem 400 {@code CURSOR_INVALID} if it did not, {@code CURSOR_FILTER_MISMATCH} if for another scope
     */
    Cursor read(String text, String scope) {
        byte[] signed = decode(text);
        byte[] body = Arrays.copyOf(signed, BODY_BYTES);
        byte[] mac = Arrays.copyOfRange(signed, BODY_BYTES, signed.length);
        if (signed.length != BODY_BYTES + MAC_BYTES
                || !MessageDigest.isEqual(mac, Arrays.copyOf(sign(body), MAC_BYTES))) {
            throw invalid();
        }
        if (!Arrays.equals(body, 2 * Long.BYTES, BODY_BYTES, hash(scope), 0, HASH_BYTES)) {
            throw ApiProblem.of(
                    400,
                    "CURSOR_FILTER_MISMATCH",
                    "The cursor belongs to another list",
                    "A cursor goes on with the filter it began with. Repeat the same filter, or leave the cursor out.");
        }
        ByteBuffer values = ByteBuffer.wrap(body);
        return new Cursor(values.getLong(), values.getLong());
    }

    private static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length >= BODY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException noBase64) {
            throw invalid();
        }
        throw invalid();
    }

    private static ApiProblem invalid() {
        return ApiProblem.of(
                400,
                "CURSOR_INVALID",
                "Not a cursor of this service",
                "Take the cursor from 'nextCursor' unchanged, or leave it out to begin at the start.");
    }

    private byte[] sign(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hash(String scope) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(scope.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, HASH_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
