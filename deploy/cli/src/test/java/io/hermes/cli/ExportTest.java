package io.hermes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export is whole, or it is not there. */
class ExportTest {

    private static final String HEADING = "record,number,sourceKey\r\n";
    private static final String TWO = HEADING + "document,1,a.md\r\ndocument,2,\"b\nc.md\"\r\n";
    private static final String END = "end,2,\r\n";

    @TempDir
    Path home;

    private Service service;
    private Path folder;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        service = new Service();
        folder = Files.createDirectory(home.resolve("exports"));
        file = folder.resolve("failed.csv");
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    private Shell.Result export(String... more) {
        String[] words =
                Stream.concat(Stream.of("job", "export", "7"), Stream.of(more)).toArray(String[]::new);
        return Shell.facing(service, home).run(words);
    }

    private static String chunked(String body, String ending) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n" + ending;
    }

    private static String whole(String body) {
        return chunked(body, "0\r\n\r\n");
    }

    private List<String> filesThere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void writesWhatCameAndSaysHowMuch() throws IOException {
        // Given
        service.answerRaw(whole(TWO + END));

        // When
        Shell.Result result = export("--status", "failed", "--code", "DEST_CONFLICT", "-o", file.toString());

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("2 documents of job 7");
        assertThat(file).hasContent(TWO + END);
        assertThat(filesThere()).containsExactly("failed.csv");
        assertThat(service.onlyRequest().line())
                .isEqualTo("GET /api/v2/migrations/jobs/7/items?status=failed&errorCode=DEST_CONFLICT HTTP/1.1");
        assertThat(service.onlyRequest().head()).containsIgnoringCase("accept: text/csv");
    }

    @Test
    void writesLinesOfJsonToStandardOutput() {
        // Given
        String lines =
                "{\"record\":\"document\",\"number\":1,\"sourceKey\":\"a\\\"b\"}\n{\"record\":\"end\",\"number\":1}\n";
        service.answerRaw(whole(lines));

        // When
        Shell.Result result = export("--format", "ndjson", "-o", "-");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(lines);
        assertThat(service.onlyRequest().head()).containsIgnoringCase("accept: application/x-ndjson");
    }

    @Test
    void leavesNothingBehindWhenTheConnectionBreaks() throws IOException {
        // Given
        service.answerRaw(chunked(TWO, ""));

        // When
        Shell.Result result = export("-o", file.toString());

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("broke off", "left as it was");
        assertThat(filesThere()).isEmpty();
    }

    @Test
    void keepsTheFileOfAnEarlierExportWhenTheConnectionBreaks() throws IOException {
        // Given
        Files.writeString(file, "yesterday's");
        service.answerRaw(chunked(TWO, ""));

        // When
        Shell.Result result = export("-o", file.toString());

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(file).hasContent("yesterday's");
        assertThat(filesThere()).containsExactly("failed.csv");
    }

    @Test
    void doesNotTrustAConnectionThatBrokeBehindTheLastRecord() throws IOException {
        // Given
        service.answerRaw(chunked(TWO + END, ""));

        // When
        Shell.Result result = export("-o", file.toString());

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(filesThere()).isEmpty();
    }

    @Test
    void takesNoLedgerWithoutItsEndForWhole() throws IOException {
        // Given an answer that HTTP takes for whole
        service.answerRaw(whole(TWO));

        // When
        Shell.Result result = export("-o", file.toString());

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("the record that ends it is missing");
        assertThat(filesThere()).isEmpty();
    }

    @Test
    void takesNoLedgerForWholeThatHasLostDocuments() throws IOException {
        // Given
        service.answerRaw(whole(TWO + "end,3,\r\n"));

        // When
        Shell.Result result = export("-o", file.toString());

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("it holds 3 documents, and 2 came");
        assertThat(filesThere()).isEmpty();
    }

    @Test
    void saysThatWhatWentToStandardOutputIsNotWhole() {
        // Given
        service.answerRaw(chunked(TWO, ""));

        // When
        Shell.Result result = export("-o", "-");

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("what went to standard output is not whole");
    }

    @Test
    void writesNothingWhenTheServiceRefuses() throws IOException {
        // Given
        service.answer(404, "{\"code\":\"JOB_UNKNOWN\",\"detail\":\"No job has this id or UUID.\"}");

        // When
        Shell.Result result = export("-o", file.toString());

        // Then
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).isEqualTo("hermes: JOB_UNKNOWN: No job has this id or UUID.\n");
        assertThat(filesThere()).isEmpty();
    }
}
