package io.hermes.storage.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A name as a folder shows it.
 *
 * @param text its characters; for a name that is no UTF-8 a form that prints, with the bytes percent-encoded
 * @param valid whether the text leads back to the same bytes
 */
record ListedName(String text, boolean valid) {

    /** Behind the printed form of a damaged name, so that it sorts apart from a sound name that looks the same. In no key. */
    static final String MARK = "\uFFFF";

    static ListedName of(Path folder, Path entry) {
        Path name = entry.getFileName();
        String text = name.toString();
        return leadsBack(text, name)
                ? new ListedName(text, true)
                : new ListedName(printed(folder.resolve(name)), false);
    }

    private static boolean leadsBack(String text, Path name) {
        try {
            return !text.endsWith(MARK) && Path.of(text).equals(name);
        } catch (InvalidPathException unmappable) {
            return false;
        }
    }

    private static String printed(Path path) {
        String uri = path.toUri().getRawPath();
        String sound = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        return sound.substring(sound.lastIndexOf('/') + 1) + MARK;
    }

    /** What {@link #sorted} gave. */
    static ListedName ofSorted(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        return new ListedName(text, !text.endsWith(MARK));
    }

    /** The bytes that the order of a listing goes by. */
    byte[] sorted() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
