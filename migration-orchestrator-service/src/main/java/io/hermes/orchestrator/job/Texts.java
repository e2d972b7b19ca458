package io.hermes.orchestrator.job;

/** What PostgreSQL's text can hold: neither NUL nor half of a surrogate pair. Anything else is stored as it came. */
public final class Texts {

    /** For {@code @Pattern}. */
    public static final String STORABLE = "[^\\x00\\p{Cs}]*";

    static final String MESSAGE = "must not contain NUL or broken Unicode";

    private Texts() {}

    /** The value between wildcards for {@code LIKE … ESCAPE '\'}, its own wildcards taken literally. */
    public static String containing(String value) {
        return "%" + value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
