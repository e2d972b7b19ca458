package io.hermes.orchestrator.project;

import jakarta.annotation.Nullable;

/** Text from outside on its way into the database. */
final class Text {

    private static final int LONGEST = 4000;

    private Text() {}

    /** Without NUL, which PostgreSQL's text cannot hold, and of bounded length. */
    @Nullable
    static String storable(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }
}
