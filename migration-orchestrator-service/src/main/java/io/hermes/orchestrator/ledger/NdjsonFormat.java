package io.hermes.orchestrator.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.vertx.mutiny.sqlclient.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** JSON objects with the same members in every line. The line feed behind the last of a part is the business of HTTP's streaming. */
record NdjsonFormat() implements LedgerFormat {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String extension() {
        return "ndjson";
    }

    @Override
    public Optional<byte[]> head() {
        return Optional.empty();
    }

    @Override
    public byte[] documents(List<Row> rows, long first) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(lines)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            long number = first;
            for (Row row : rows) {
                write(json, row, number++);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return lines.toByteArray();
    }

    @Override
    public byte[] end(long documents) {
        return "{\"%s\":\"%s\",\"%s\":%d}"
                .formatted(RECORD, END, NUMBER, documents)
                .getBytes(UTF_8);
    }

    private static void write(JsonGenerator json, Row row, long number) throws IOException {
        json.writeStartObject();
        json.writeStringField(RECORD, DOCUMENT);
        json.writeNumberField(NUMBER, number);
        for (LedgerColumn column : LedgerColumn.ALL) {
            json.writeFieldName(column.title());
            write(json, column.value(row));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }
}
