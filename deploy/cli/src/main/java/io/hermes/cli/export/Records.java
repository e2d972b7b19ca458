package io.hermes.cli.export;

import java.nio.charset.StandardCharsets;

/** Counts the records that pass by and remembers how the last one begins. A record is a line; in quotes, line ends are content. */
final class Records {

    /** More than the record that ends a ledger has. */
    private static final int REMEMBERED = 1024;

    private final boolean quotes;
    private final byte[] beginning = new byte[REMEMBERED];
    private int remembered;
    private boolean between = true;
    private boolean quoted;
    private long count;

    /** @param quotes whether quotes hold line ends together, as in CSV */
    Records(boolean quotes) {
        this.quotes = quotes;
    }

    void pass(byte[] buffer, int length) {
        for (int index = 0; index < length; index++) {
            pass(buffer[index]);
        }
    }

    private void pass(byte one) {
        boolean lineEnd = (one == '\n' || one == '\r') && !quoted;
        if (between && !lineEnd) {
            count++;
            remembered = 0;
        }
        between = lineEnd;
        quoted ^= quotes && one == '"';
        if (!lineEnd && remembered < REMEMBERED) {
            beginning[remembered++] = one;
        }
    }

    long count() {
        return count;
    }

    /** The last record, or its first kilobyte. */
    String last() {
        return new String(beginning, 0, remembered, StandardCharsets.UTF_8);
    }
}
