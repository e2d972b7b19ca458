package io.hermes.storage.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Text in a narrower alphabet: every byte of its UTF-8 form that may not stand there is written as the escape character and two hex
 * digits, and so are the escape character itself and spaces that somebody on the way might trim or fold. Decoding gives back exactly
 * what was encoded.
 *
 * @param escape begins every pair of hex digits
 * @param alphabet ASCII characters that may stand as they are
 */
record EscapedText(char escape, IntPredicate alphabet) {

    /** @param alsoEscaped characters of the alphabet that mean something else where the text is to stand */
    String encode(String text, String alsoEscaped) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            char character = (char) (bytes[at] & 0xff);
            boolean foldable = character == ' ' && (at == 0 || at == bytes.length - 1 || bytes[at - 1] == ' ');
            boolean plain = alphabet.test(character) && character != escape && !foldable;
            if (plain && alsoEscaped.indexOf(character) < 0) {
                out.append(character);
            } else {
                out.append(escape).append(hex(character >> 4)).append(hex(character));
            }
        }
        return out.toString();
    }

    private static char hex(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xf, 16));
    }

    /** Undoes {@link #encode}. An escape character that begins no pair of hex digits stands for itself. */
    String decode(String text) {
        if (text.indexOf(escape) < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            boolean room = at + 2 < bytes.length;
            int high = room ? Character.digit(bytes[at + 1], 16) : -1;
            int low = room ? Character.digit(bytes[at + 2], 16) : -1;
            if (bytes[at] == escape && high >= 0 && low >= 0) {
                out.write(high << 4 | low);
                at += 2;
            } else {
                out.write(bytes[at]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
