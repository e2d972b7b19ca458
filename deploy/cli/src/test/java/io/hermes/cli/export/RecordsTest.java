package io.hermes.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private static Records read(boolean quotes, String text) {
        Records records = new Records(quotes);
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            records.pass(new byte[] {one}, 1);
        }
        return records;
    }

    @Test
    void takesLineEndsInQuotesForContent() {
        // Given
        String text = "record,number\r\ndocument,\"1\r\n\r\n2\"\"\n3\"\r\nend,1\r\n";

        // When
        Records records = read(true, text);

        // Then
        assertThat(records.count()).isEqualTo(3);
        assertThat(records.last()).isEqualTo("end,1");
    }

    @Test
    void takesQuotesForContentWhereTheyHoldNothingTogether() {
        // Given
        String text = "{\"a\":\"\\\"\"}\n{\"b\":1}";

        // When
        Records records = read(false, text);

        // Then
        assertThat(records.count()).isEqualTo(2);
        assertThat(records.last()).isEqualTo("{\"b\":1}");
    }
}
