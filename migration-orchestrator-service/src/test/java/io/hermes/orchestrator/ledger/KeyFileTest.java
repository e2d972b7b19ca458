package io.hermes.orchestrator.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.item.DocumentLists.Listed;
import io.hermes.orchestrator.ledger.KeyUpload.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private static KeyFile read(KeyFile file, byte[] bytes) {
        file.take(bytes);
        file.end();
        return file;
    }

    private static KeyFile csv(String text) {
        return read(new CsvKeys(), text.getBytes(UTF_8));
    }

    private static KeyFile ndjson(String text) {
        return read(new NdjsonKeys(), text.getBytes(UTF_8));
    }

    private static List<String> keys(KeyFile file) {
        assertThat(file.faults()).isEmpty();
        return file.drain().stream().map(Listed::key).toList();
    }

    @Test
    void csvGivesTheKeysWithTheirLines() {
        KeyFile file = csv("""
                \uFEFFrecord,number,sourceKey,note\r
                document,1,a.md,\r
                document,2,"b, ""quoted""
                on two lines.md",x\r
                \r
                document,3,'=1+1.md,\r
                record,number,sourceKey,note\r
                end,3,,\r
                document,4,' plain'.md,\r
                """);

        assertThat(file.faults()).isEmpty();
        assertThat(file.drain())
                .containsExactly(
                        new Listed(2, "a.md"),
                        new Listed(3, "b, \"quoted\"\non two lines.md"),
                        new Listed(6, "=1+1.md"),
                        new Listed(9, "' plain'.md"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sourceKey\na.md\nb.md\n",
                "sourceKey\r\na.md\r\nb.md",
                "sourceKey\ra.md\rb.md\r",
                "sourceKey;x\na.md;1,5\nb.md;\n",
                "\"x,y\";sourceKey\n1;a.md\n2;\"b.md\"\n",
                "x\tsourceKey\n1\ta.md\n2\tb.md\n"
            })
    void csvOfSpreadsheetsIsUnderstood(String text) {
        assertThat(keys(csv(text))).containsExactly("a.md", "b.md");
    }

    @Test
    void aColumnOfKeysMayHoldEmptyLinesButNoEmptyKey() {
        assertThat(keys(csv("sourceKey\n\na.md\n"))).containsExactly("a.md");
        assertThat(csv("sourceKey\n\"\"\n").faults()).containsExactly(new Fault(2, "has no sourceKey"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key,x\\na,b\\n | 1 | no column sourceKey",
                " | 1 | a header with a column sourceKey is needed",
                "sourceKey,x\\na\\nb,1\\n | 2 | has 1 values where the header has 2",
                "sourceKey,x\\na,1\\nb,c,1\\n | 3 | has 3 values where the header has 2",
                "sourceKey\\na\\n\"b\\nc\\nd | 3 | never ends",
                "sourceKey\\n\"a\"b\\n | 2 | text behind a closing quote",
            })
    void csvFaultsNameTheirLine(String text, long line, String message) {
        KeyFile file = csv(text == null ? "" : text.replace("\\n", "\n"));

        assertThat(file.faults()).hasSize(1);
        assertThat(file.faults().getFirst().line()).isEqualTo(line);
        assertThat(file.faults().getFirst().message()).contains(message);
    }

    @Test
    void ndjsonGivesTheKeysWithTheirLines() {
        KeyFile file =
                ndjson("{\"sourceKey\":\"a\\n.md\",\"x\":[1]}\r\n\r\n{\"record\":\"document\",\"sourceKey\":\"'=b\"}\n"
                        + "{\"record\":\"end\",\"number\":2}");

        assertThat(file.faults()).isEmpty();
        assertThat(file.drain()).containsExactly(new Listed(1, "a\n.md"), new Listed(3, "'=b"));
    }

    @Test
    void everyFaultIsToldUpToTwenty() {
        KeyFile file = ndjson("{\"sourceKey\":\"a\"}\r\n{\"sourceKey\":5}\r\n[]\n{\"sourceKey\":\"\"}\n{broken\n"
                + "x\n".repeat(100));

        assertThat(file.faults()).hasSize(20);
        assertThat(file.faults().subList(0, 4)).extracting(Fault::line).containsExactly(2L, 3L, 4L, 5L);
        assertThat(file.faults().get(3).message()).startsWith("is not JSON (column ");
    }

    @Test
    void bytesThatAreNotUtf8AreAFaultAtTheirLine() {
        assertThat(read(new CsvKeys(), "sourceKey\na\nstra\u00DFe\n".getBytes(ISO_8859_1))
                        .faults())
                .containsExactly(new Fault(3, "is not UTF-8; save the file in that encoding"));
        byte[] cut = Arrays.copyOf("sourceKey\né".getBytes(UTF_8), 11);
        assertThat(read(new CsvKeys(), cut).faults())
                .containsExactly(new Fault(2, "is not UTF-8; save the file in that encoding"));
    }

    @Test
    void aQuoteThatNeverClosesDoesNotFillTheMemory() {
        KeyFile file = new CsvKeys();
        file.take("sourceKey\na\n\"b".getBytes(UTF_8));
        for (int i = 0; i < 100; i++) {
            file.take("x".repeat(10_000).getBytes(UTF_8));
        }
        file.end();

        assertThat(file.faults()).hasSize(1);
        assertThat(file.faults().getFirst().line()).isEqualTo(3);
        assertThat(file.faults().getFirst().message()).contains("a closing quote may be missing");
    }

    /** Wherever the network cuts a file, also inside a character, it reads the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void partsMayBeCutAnywhere(long seed) {
        Random random = new Random(seed);
        String csv = "sourceKey,x\r\n\"a\"\"\r\n\uD83D\uDE00\",1\r\nstraße,2\r\n'-x,3\r\n";
        String ndjson = "{\"sourceKey\":\"\uD83D\uDE00\"}\r\n{\"sourceKey\":\"straße\"}\n";
        for (int i = 0; i < 200; i++) {
            assertThat(cut(CsvKeys::new, csv, random))
                    .containsExactly(
                            new Listed(2, "a\"\r\n\uD83D\uDE00"), new Listed(4, "straße"), new Listed(5, "-x"));
            assertThat(cut(NdjsonKeys::new, ndjson, random))
                    .containsExactly(new Listed(1, "\uD83D\uDE00"), new Listed(2, "straße"));
        }
    }

    private static List<Listed> cut(Supplier<KeyFile> format, String text, Random random) {
        byte[] bytes = text.getBytes(UTF_8);
        KeyFile file = format.get();
        List<Listed> found = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(6));
            file.take(Arrays.copyOfRange(bytes, from, to));
            found.addAll(file.drain());
            from = to;
        }
        file.end();
        found.addAll(file.drain());
        assertThat(file.faults()).isEmpty();
        return found;
    }
}
