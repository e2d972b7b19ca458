package io.hermes.orchestrator.ledger;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.Optional;

/**
 * How a ledger is written. Every record says in its first column whether it is a {@code document} or the {@code end}, and in its second
 * one its number, counted from 1; the end repeats the number of the last document (0 if there is none). A file without an end was cut
 * off (ADR 0014).
 */
public sealed interface LedgerFormat permits CsvFormat, NdjsonFormat {

    /** Title of the first column. */
    String RECORD = "record";

    /** Title of the second column. */
    String NUMBER = "number";

    /** Value of the first column in a record that is a document. */
    String DOCUMENT = "document";

    /** Value of the first column in the last record. */
    String END = "end";

    /** RFC 4180 with a header. */
    static LedgerFormat csv() {
        return new CsvFormat();
    }

    /** A JSON object a line. */
    static LedgerFormat ndjson() {
        return new NdjsonFormat();
    }

    /** What a file name of this format ends with. */
    String extension();

    /** What stands before the first record, if anything does. */
    Optional<byte[]> head();

    /**
     * Records of documents.
     *
     * @param first number of the first
     */
    byte[] documents(List<Row> rows, long first);

    /** The record that says that the ledger is complete. */
    byte[] end(long documents);
}
