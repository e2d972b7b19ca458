package io.hermes.storage.s3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text as HTTP headers can hold it: printable ASCII stays readable; all else, and commas inside lists, become {@code %XX}.
 */
final class HeaderText {

    private static final EscapedText FORM = new EscapedText('%', character -> character >= ' ' && character <= '~');

    private HeaderText() {}

    static String encode(String text) {
        return encode(text, "");
    }

    static String encodeList(List<String> items) {
        return items.stream().map(item -> encode(item, ",")).collect(Collectors.joining(","));
    }

    static String encode(String text, String alsoEscaped) {
        return FORM.encode(text, alsoEscaped);
    }

    static List<String> decodeList(String text) {
        List<String> items = new ArrayList<>();
        Arrays.stream(text.split(",", -1)).map(HeaderText::decode).forEach(items::add);
        return items;
    }

    static String decode(String text) {
        return FORM.decode(text);
    }

    /** Whether the text can be a header's value as it is, and comes back unchanged. */
    static boolean isPlain(String text) {
        return !text.isEmpty() && encode(text).replace("%25", "%").equals(text);
    }
}
