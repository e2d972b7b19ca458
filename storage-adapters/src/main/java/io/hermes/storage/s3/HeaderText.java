package io.hermes.storage.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text as HTTP headers can hold it. Printable ASCII stays readable; every other byte of the UTF-8 form, {@code %} itself, commas
 * inside lists and spaces that a proxy might fold become {@code %XX}. Decoding gives back exactly what was encoded.
 */
final class HeaderText {

    private HeaderText() {}

    static String encode(String text) {
        return encode(text, "");
    }

    static String encodeList(List<String> items) {
        return items.stream().map(item -> encode(item, ",")).collect(Collectors.joining(","));
    }

    static String encode(String text, String alsoEscaped) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            char character = (char) (bytes[at] & 0xff);
            boolean foldable = character == ' ' && (at == 0 || at == bytes.length - 1 || bytes[at - 1] == ' ');
            boolean plain = character >= ' ' && character <= '~' && character != '%' && !foldable;
            if (plain && alsoEscaped.indexOf(character) < 0) {
                out.append(character);
            } else {
                out.append('%').append(hex(character >> 4)).append(hex(character));
            }
        }
        return out.toString();
    }

    private static char hex(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xf, 16));
    }

    static List<String> decodeList(String text) {
        List<String> items = new ArrayList<>();
        Arrays.stream(text.split(",", -1)).map(HeaderText::decode).forEach(items::add);
        return items;
    }

    /** Undoes {@link #encode}. A {@code %} that begins no pair of hex digits stands for itself. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            int high = at + 2 <= bytes.length - 1 ? Character.digit(bytes[at + 1], 16) : -1;
            int low = at + 2 <= bytes.length - 1 ? Character.digit(bytes[at + 2], 16) : -1;
            if (bytes[at] == '%' && high >= 0 && low >= 0) {
                out.write(high << 4 | low);
                at += 2;
            } else {
                out.write(bytes[at]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Whether the text can be a header's value as it is, and comes back unchanged. */
    static boolean isPlain(String text) {
        return !text.isEmpty() && encode(text).replace("%25", "%").equals(text);
    }
}
