package io.hermes.storage.s3;

/**
 * Text as the value of a tag. Every server takes ASCII letters, digits, space and {@code + - = . _ : / @} there; all else is written as
 * in quoted-printable mail, {@code =XX}.
 */
final class TagText {

    static final int MAX_KEY = 128;
    static final int MAX_VALUE = 256;
    private static final String ALPHABET = " +-=._:/@";
    private static final EscapedText FORM = new EscapedText('=', TagText::isAllowed);

    private TagText() {}

    static String encode(String text) {
        return encode(text, "");
    }

    static String encode(String text, String alsoEscaped) {
        return FORM.encode(text, alsoEscaped);
    }

    static String decode(String text) {
        return FORM.decode(text);
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
                && text.chars().allMatch(TagText::isAllowed);
    }

    private static boolean isAllowed(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || ALPHABET.indexOf(character) >= 0;
    }
}
