package io.hermes.systemtests.oracle;

import java.sql.SQLException;

/** I8: at every committed moment the sums hold, in documents and in bytes, and what is closed stays closed. */
final class BooksLook implements Look {

    private final Books books;
    private long closedBefore;

    BooksLook(Books books) {
        this.books = books;
    }

    @Override
    public void judge(Findings findings) throws SQLException {
        Balance now = books.balance();
        if (!now.holds()) {
            findings.add("I8", "does not add up: " + now);
        }
        long closed = now.counters().closed();
        if (closed < closedBefore) {
            findings.add("I8", "fell behind " + closedBefore + " closed documents: " + now);
        }
        closedBefore = closed;
    }
}
