package io.hermes.orchestrator.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** RFC 4180 in UTF-8 without a byte order mark: a header, CRLF, as many cells in every record. */
record CsvFormat() implements LedgerFormat {

    private static final String LINE_END = "\r\n";
    private static final String HEADER = RECORD + "," + NUMBER + ","
            + LedgerColumn.ALL.stream().map(LedgerColumn::title).collect(Collectors.joining(","));

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public Optional<byte[]> head() {
        return Optional.of((HEADER + LINE_END).getBytes(UTF_8));
    }

    @Override
    public byte[] documents(List<Row> rows, long first) {
        StringBuilder text = new StringBuilder();
        long number = first;
        for (Row row : rows) {
            text.append(DOCUMENT).append(',').append(number++);
            LedgerColumn.ALL.forEach(column -> text.append(',').append(CsvCell.of(column.value(row))));
            text.append(LINE_END);
        }
        return text.toString().getBytes(UTF_8);
    }

    @Override
    public byte[] end(long documents) {
        String empty = ",".repeat(LedgerColumn.ALL.size());
        return (END + "," + documents + empty + LINE_END).getBytes(UTF_8);
    }
}
