package io.hermes.stack.proof;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Length and SHA-256 of some bytes. */
public record Fingerprint(long bytes, String sha256) {

    private static final int BUFFER = 64 << 10;

    /** Reads to the end. */
    public static Fingerprint of(InputStream content) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            digest.update(buffer, 0, read);
            bytes += read;
        }
        return new Fingerprint(bytes, HexFormat.of().formatHex(digest.digest()));
    }
}
