package io.hermes.cli.conversion;

/**
 * Something that the file says otherwise than it was, or not at all.
 *
 * @param line of the configuration
 * @param place names of blocks and settings, such as {@code s3-archive.config.secret_key}
 * @param sentence what became of it and what to do; never repeats a text of the configuration that may be secret
 */
public record Remark(int line, String place, String sentence) {

    /** One sentence for people. */
    public String text() {
        return "line " + line + ", " + place + ": " + sentence;
    }
}
