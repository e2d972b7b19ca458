package io.hermes.orchestrator.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Keys of NDJSON: objects with a {@code sourceKey}; other members do not matter, nor do empty lines and the record that ends a ledger. */
final class NdjsonKeys extends KeyFile {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    private final StringBuilder record = new StringBuilder();

    @Override
    void character(char character) {
        if (character == '\n') {
            record();
        } else if (record.length() == LONGEST_RECORD) {
            giveUp(line(), "is longer than " + LONGEST_RECORD + " characters; every object needs a line of its own");
        } else {
            record.append(character);
        }
    }

    @Override
    void finish() {
        record();
    }

    private void record() {
        String text = record.toString().strip();
        record.setLength(0);
        if (!text.isEmpty()) {
            read(text);
        }
    }

    private void read(String text) {
        try {
            take(JSON.readTree(text));
        } catch (JsonProcessingException malformed) {
            fault(line(), "is not JSON (column " + malformed.getLocation().getColumnNr() + ")");
        }
    }

    private void take(JsonNode record) {
        JsonNode key = record.path("sourceKey");
        if (LedgerFormat.END.equals(record.path(LedgerFormat.RECORD).textValue())) {
            return;
        }
        if (!record.isObject() || !key.isTextual()) {
            fault(line(), "is not an object with a text 'sourceKey'");
        } else {
            found(line(), key.textValue());
        }
    }
}
