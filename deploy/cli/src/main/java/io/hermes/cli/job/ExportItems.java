package io.hermes.cli.job;

import io.hermes.cli.export.Export;
import io.hermes.cli.export.Format;
import io.hermes.cli.session.Session;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The ledger of a job. */
@Command(
        name = "export",
        description = {
            "Writes the ledger of a job, every document of it, to a file.",
            "The file appears when it is whole; an export that breaks off leaves an older one as it was."
        })
final class ExportItems implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final ItemOptions items = new ItemOptions();

    @Option(
            names = "--format",
            paramLabel = "csv|ndjson",
            defaultValue = "csv",
            description = "For a spreadsheet, or a JSON object a line. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = {"-o", "--file"},
            required = true,
            paramLabel = "FILE|-",
            description = "Where to; - is standard output.")
    private Path file;

    ExportItems(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        long documents = new Export(session.orchestrator(), format)
                .take(items.query().text(), file, session.around().out());
        session.note(
                documents + (documents == 1 ? " document" : " documents") + " of job " + items.job() + " written.");
        return 0;
    }
}
