package io.hermes.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The forms of a ledger. Each ends with a record that says so and how many documents there are, so that a cut one is known. */
public enum Format {
    CSV("text/csv", 1) {
        @Override
        OptionalLong end(String record) {
            Matcher end = CSV_END.matcher(record);
            return end.matches() ? OptionalLong.of(Long.parseLong(end.group(1))) : OptionalLong.empty();
        }
    },

    NDJSON("application/x-ndjson", 0) {
        @Override
        OptionalLong end(String record) {
            try {
                JsonNode json = JSON.readTree(record);
                boolean end = json.path("record").asText().equals("end")
                        && json.path("number").canConvertToLong();
                return end ? OptionalLong.of(json.path("number").longValue()) : OptionalLong.empty();
            } catch (JsonProcessingException cut) {
                return OptionalLong.empty();
            }
        }
    };

    private static final Pattern CSV_END = Pattern.compile("end,([0-9]{1,18})(,+)?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String mediaType;
    private final int headings;

    Format(String mediaType, int headings) {
        this.mediaType = mediaType;
        this.headings = headings;
    }

    /** The form that a file of this name has, by its ending. */
    public static Optional<Format> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Stream.of(values()).filter(format -> name.endsWith("." + format)).findFirst();
    }

    public String mediaType() {
        return mediaType;
    }

    /** The number of documents that this record says there are, if it is the end. */
    abstract OptionalLong end(String record);

    Records records() {
        return new Records(this == CSV);
    }

    /** How many of the records before the end are documents. */
    long documents(Records records) {
        return records.count() - headings - 1;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
