package io.hermes.registry.secret;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that seal data keys. The first is the present one; the others are there to open what has not been sealed again since. A key
 * is known by its fingerprint, so that the file needs no names that could be mixed up.
 */
final class KeyRing {

    static final KeyRing EMPTY = new KeyRing(new LinkedHashMap<>());

    private static final int KEY_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 6;

    private final LinkedHashMap<String, SecretKey> keys;

    private KeyRing(LinkedHashMap<String, SecretKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads the lines of a key file. Empty lines and lines that begin with {@code #} say nothing.
     *
     * @throws IllegalArgumentException naming the line that is no key; never the line itself
     */
    static KeyRing parse(List<String> lines) {
        LinkedHashMap<String, SecretKey> keys = new LinkedHashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                byte[] key = decoded(line, number);
                keys.put(fingerprint(key), new SecretKeySpec(key, "AES"));
            }
        }
        return new KeyRing(keys);
    }

    private static byte[] decoded(String line, int number) {
        Optional<byte[]> key = decoded(line).filter(bytes -> bytes.length == KEY_BYTES);
        return key.orElseThrow(() -> new IllegalArgumentException(
                "line " + number + " is not a key of 32 bytes in base64; make one with: openssl rand -base64 32"));
    }

    private static Optional<byte[]> decoded(String line) {
        try {
            return Optional.of(Base64.getDecoder().decode(line));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static String fingerprint(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Fingerprint of the key that seals now, empty if there is none. */
    Optional<String> present() {
        return keys.keySet().stream().findFirst();
    }

    /** The key with this fingerprint. */
    Optional<SecretKey> key(String fingerprint) {
        return Optional.ofNullable(keys.get(fingerprint));
    }

    /** The fingerprints, the present one first. */
    List<String> fingerprints() {
        return List.copyOf(keys.keySet());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRing ring && ring.fingerprints().equals(fingerprints());
    }

    @Override
    public int hashCode() {
        return fingerprints().hashCode();
    }

    @Override
    public String toString() {
        return "KeyRing" + fingerprints();
    }
}
