package io.hermes.storage.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text as the value of a tag. Every server takes ASCII letters, digits, space and {@code + - = . _ : / @} there; all else is written as
 * in quoted-printable mail, {@code =XX} for each byte of the UTF-8 form, and so are {@code =} itself and spaces that a server might trim.
 * Decoding gives back exactly what was encoded.
 */
final class TagText {

    static final int MAX_KEY = 128;
    static final int MAX_VALUE = 256;
    private static final String ALPHABET = " +-=._:/@";

    private TagText() {}

    static String encode(String text) {
        return encode(text, "");
    }

    static String encode(String text, String alsoEscaped) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            char character = (char) (bytes[at] & 0xff);
            boolean trimmable = character == ' ' && (at == 0 || at == bytes.length - 1 || bytes[at - 1] == ' ');
            boolean plain = isAllowed(character) && character != '=' && !trimmable;
            if (plain && alsoEscaped.indexOf(character) < 0) {
                out.append(character);
            } else {
                out.append('=').append(hex(character >> 4)).append(hex(character));
            }
        }
        return out.toString();
    }

    private static char hex(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xf, 16));
    }

    /** Undoes {@link #encode}. A {@code =} that begins no pair of hex digits stands for itself. */
    static String decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            boolean room = at + 2 < bytes.length;
            int high = room ? Character.digit(bytes[at + 1], 16) : -1;
            int low = room ? Character.digit(bytes[at + 2], 16) : -1;
            if (bytes[at] == '=' && high >= 0 && low >= 0) {
                out.write(high << 4 | low);
                at += 2;
            } else {
                out.write(bytes[at]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Whether a stranger's tag can be written again exactly as it is, on every server. */
    static boolean isPlain(String key, String value) {
        boolean reserved = key.startsWith("aws:") || key.startsWith(S3Metadata.OURS);
        return !reserved && fits(key, MAX_KEY) && fits(value, MAX_VALUE);
    }

    private static boolean fits(String text, int most) {
        return !text.isEmpty()
                && text.length() <= most
                && text.equals(text.strip())
                && text.chars().allMatch(character -> isAllowed((char) character));
    }

    private static boolean isAllowed(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || ALPHABET.indexOf(character) >= 0;
    }
}
