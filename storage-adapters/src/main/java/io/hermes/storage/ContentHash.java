package io.hermes.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-256 of a document's bytes.
 *
 * @param hex 64 lower-case hex characters, no prefix
 */
public record ContentHash(String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final String SCHEME = "sha256:";

    public ContentHash {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hex characters");
        }
    }

    /** Reads the hash with or without {@code sha256:} in front. */
    public static ContentHash parse(String text) {
        return new ContentHash(text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text);
    }

    /** Hash of the buffer's remaining bytes; the buffer's position stays. */
    public static ContentHash of(ByteBuffer bytes) {
        MessageDigest digest = newDigest();
        digest.update(bytes.duplicate());
        return finish(digest);
    }

    /** A digest to feed piece by piece, for {@link #finish}. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The hash of everything fed to the digest. */
    public static ContentHash finish(MessageDigest digest) {
        return new ContentHash(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return SCHEME + hex;
    }
}
