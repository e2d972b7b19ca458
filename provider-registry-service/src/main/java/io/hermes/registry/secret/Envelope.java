package io.hermes.registry.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A sealed secret: encrypted under a key of its own with AES-256-GCM, and that key encrypted likewise under a key of the ring. Both are
 * bound to the provider, the field and the ring's key, so that a sealed value moved to another row or field does not open. Nonces are
 * 96 random bits; each data key encrypts once, and a ring's key far fewer than the 2^32 times that NIST SP 800-38D allows.
 *
 * @param key fingerprint of the ring's key
 * @param dataKey the data key, sealed
 * @param content the secret, sealed under the data key
 */
record Envelope(String key, byte[] dataKey, byte[] content) {

    /** What every sealed text begins with; the number is that of the form. */
    static final String PREFIX = "sealed:1:";

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Which field of which provider a secret belongs to, as bytes that no other place has. */
    private static byte[] bound(SecretPlace place, String key) {
        return (place.provider() + "|" + place.field() + "|" + key).getBytes(StandardCharsets.UTF_8);
    }

    static Envelope seal(String secret, SecretPlace place, String key, SecretKey ringKey) {
        byte[] dataKey = random(KEY_BYTES);
        byte[] content = encrypted(
                secret.getBytes(StandardCharsets.UTF_8), new SecretKeySpec(dataKey, "AES"), bound(place, key));
        return new Envelope(key, encrypted(dataKey, ringKey, bound(place, key)), content);
    }

    /** @throws AEADBadTagException if it was sealed under another key or for another place, or has been altered */
    String open(SecretPlace place, SecretKey ringKey) throws AEADBadTagException {
        byte[] dataKeyBytes = decrypted(dataKey, ringKey, bound(place, key));
        byte[] secret = decrypted(content, new SecretKeySpec(dataKeyBytes, "AES"), bound(place, key));
        return new String(secret, StandardCharsets.UTF_8);
    }

    /** The form that is stored: {@code sealed:1:<key>:<data key>:<content>}, the last two in base64. */
    String text() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return PREFIX + key + ":" + base64.encodeToString(dataKey) + ":" + base64.encodeToString(content);
    }

    /** @throws IllegalArgumentException if the text is not of the form */
    static Envelope parse(String text) {
        String[] parts = text.substring(PREFIX.length()).split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a sealed secret");
        }
        return new Envelope(parts[0], decoded(parts[1]), decoded(parts[2]));
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static byte[] encrypted(byte[] plain, SecretKey key, byte[] bound) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound);
            byte[] sealed = cipher.doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] decrypted(byte[] sealed, SecretKey key, byte[] bound) throws AEADBadTagException {
        if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new AEADBadTagException("too short");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
            cipher.updateAAD(bound);
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException altered) {
            throw altered;
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return drawn;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Envelope envelope && envelope.text().equals(text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return "Envelope[" + key + "]";
    }
}
