package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.export.Format;
import io.hermes.cli.output.Plain;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.Session;
import io.hermes.cli.session.Surroundings;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Exactly which documents; without any of these, all that the filter lets pass. */
final class SelectionOptions {

    @Option(names = "--uuid", paramLabel = "UUID", description = "Exactly this document. May be repeated.")
    private List<String> uuids;

    @Option(
            names = "--uuids-from",
            paramLabel = "FILE|-",
            description = "Exactly the documents in this file, a UUID a line.")
    private Path uuidsFrom;

    @Option(names = "--key", paramLabel = "KEY", description = "Exactly this key of the source. May be repeated.")
    private List<String> keys;

    @Option(names = "--keys-from", paramLabel = "FILE|-", description = "Exactly the keys in this file, one a line.")
    private Path keysFrom;

    @Option(
            names = "--documents-from",
            paramLabel = "FILE",
            description =
                    "Exactly the documents in this ledger, as hermes job export writes it, edited or not. Or any CSV"
                            + " or NDJSON with a sourceKey; the name ends with .csv or .ndjson.")
    private Path ledger;

    @Option(
            names = "--failed-of",
            paramLabel = "JOB",
            description = "The documents that failed in that job of the same source.")
    private String failedOf;

    /** Says it in the body, in place of what selected there before, also where that is a job that is cloned. */
    void into(ObjectNode body, Surroundings around) throws CommandFailure {
        List<String> documents = all(uuids, uuidsFrom, around);
        List<String> named = all(keys, keysFrom, around);
        if (documents.isEmpty() && named.isEmpty() && failedOf == null && ledger == null) {
            return;
        }
        List.of("documentUuids", "documentKeys", "failedOf", "documentList").forEach(body::putNull);
        Given given = new Given(body);
        given.texts("documentUuids", documents);
        given.texts("documentKeys", named);
        given.text("failedOf", failedOf);
        if (ledger != null) {
            format();
            body.put("documentList", true);
        }
    }

    /** Sends the ledger, if one was named, to the job that was made for it and has not been started. */
    void send(Session session, JsonNode made) throws ApiFailure, CommandFailure, InterruptedException {
        if (ledger == null || !made.path("status").asText().equals("pending")) {
            return;
        }
        String job = made.path("id").asText();
        try {
            JsonNode receipt = session.orchestrator().put(Jobs.path(job) + "/documents", format().mediaType(), ledger);
            session.note(Plain.value(receipt.path("documents")) + " documents of " + ledger + " for job " + job + ".");
        } catch (FileNotFoundException gone) {
            throw CommandFailure.usage(ledger + " cannot be read. Job " + job + " waits for it.");
        }
    }

    private Format format() throws CommandFailure {
        if (!Files.isReadable(ledger)) {
            throw CommandFailure.usage(ledger + " cannot be read.");
        }
        return Format.of(ledger)
                .orElseThrow(() -> CommandFailure.usage(
                        "What " + ledger + " is cannot be told by its name: it should end with .csv or .ndjson."));
    }

    private static List<String> all(List<String> given, Path file, Surroundings around) throws CommandFailure {
        List<String> all = new ArrayList<>(given == null ? List.of() : given);
        if (file != null) {
            List<String> read = Lines.of(file, around);
            if (read.isEmpty()) {
                // Selecting nothing must not turn into selecting everything.
                throw CommandFailure.usage(file + " names no document.");
            }
            all.addAll(read);
        }
        return all;
    }
}
