package io.hermes.cli.export;

import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Takes ledgers of any size, in little memory. */
public final class Export {

    private static final int BUFFER = 64 << 10;

    private final HermesApi service;
    private final Format format;

    public Export(HermesApi service, Format format) {
        this.service = service;
        this.format = format;
    }

    /**
     * Takes one.
     *
     * @param path of the resource, with its query
     * @param file where it goes; {@code -} for standard output
     * @return how many documents it holds
     * @throws CommandFailure if it broke off or cannot be written; then the file is as it was
     */
    public long take(String path, Path file, PrintStream out) throws ApiFailure, CommandFailure, InterruptedException {
        try (Target target = Target.of(file, out);
                Inflow inflow = new Inflow(service.stream(path, format.mediaType()))) {
            Records records = format.records();
            byte[] buffer = new byte[BUFFER];
            for (int length = read(inflow, buffer, target); length >= 0; length = read(inflow, buffer, target)) {
                records.pass(buffer, length);
                target.write(buffer, length);
            }
            requireEnd(records, target);
            target.complete();
            return format.documents(records);
        }
    }

    private static int read(Inflow inflow, byte[] buffer, Target target) throws CommandFailure {
        try {
            return inflow.read(buffer);
        } catch (IOException broken) {
            throw brokeOff(target, broken.getMessage() == null ? broken.toString() : broken.getMessage());
        }
    }

    private void requireEnd(Records records, Target target) throws CommandFailure {
        OptionalLong said = format.end(records.last());
        if (said.isEmpty()) {
            throw brokeOff(target, "the record that ends it is missing");
        }
        if (said.getAsLong() != format.documents(records)) {
            throw brokeOff(
                    target,
                    "it says that it holds " + said.getAsLong() + " documents, and " + format.documents(records)
                            + " came");
        }
    }

    private static CommandFailure brokeOff(Target target, String why) {
        String left = switch (target) {
            case Target.Draft draft -> draft.name() + " was left as it was";
            case Target.Straight straight -> "what went to " + straight.name() + " is not whole";
        };
        return new CommandFailure(ExitCode.TEMPORARY, "The export broke off: " + why + "; " + left + ". Try again.");
    }
}
