package io.hermes.cli.provider;

import io.hermes.cli.conversion.Conversion;
import io.hermes.cli.hcl.HclFault;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.Session;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores that an older configuration describes. */
@Command(
        name = "import-hcl",
        description = {
            "Makes a providers.yaml of the HCL configuration of RFC-089; asks no service.",
            "Everything that is not in it, or not as it was, is named with its line. Secrets are never written: each becomes a",
            "variable of the registry's environment.",
            "",
            "  hermes provider import-hcl config.hcl -o providers.yaml"
        })
final class ImportHcl implements Callable<Integer> {

    private static final long LARGEST = 1 << 20;

    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The configuration, with a storage_providers block.")
    private Path configuration;

    @Option(
            names = {"-o", "--file"},
            paramLabel = "FILE|-",
            defaultValue = "-",
            description = "Where to; a file that is there already is left alone. Default: -, which is standard output.")
    private Path file;

    ImportHcl(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Conversion conversion = convert();
        conversion.remarks().forEach(remark -> session.note("Warning: " + remark.text()));
        if (conversion.providers() == 0) {
            throw CommandFailure.usage("No provider of " + configuration + " can be imported, so nothing is written.");
        }
        write(conversion.yaml());
        session.note(conversion.providers()
                + (conversion.providers() == 1 ? " provider, " : " providers, ")
                + conversion.remarks().size()
                + (conversion.remarks().size() == 1 ? " warning." : " warnings."));
        return 0;
    }

    private Conversion convert() throws CommandFailure {
        try {
            if (Files.size(configuration) > LARGEST) {
                throw CommandFailure.usage(configuration + " is larger than a configuration is (1 MiB).");
            }
            return Conversion.of(Files.readString(configuration));
        } catch (IOException unreadable) {
            throw CommandFailure.usage("Cannot read " + configuration + " as UTF-8.");
        } catch (HclFault fault) {
            throw CommandFailure.usage(configuration + ", " + fault.getMessage() + ".");
        }
    }

    /** Under its name it is whole at once: a registry may be waiting for it. */
    private void write(String yaml) throws CommandFailure {
        if (file.toString().equals("-")) {
            session.around().out().print(yaml);
            return;
        }
        try {
            Path draft = Files.writeString(file.resolveSibling("." + file.getFileName() + ".part"), yaml);
            try {
                Files.move(draft, file);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (FileAlreadyExistsException taken) {
            throw CommandFailure.usage(file + " is there already; name another file.");
        } catch (IOException unwritable) {
            throw CommandFailure.usage("Cannot write " + file + ".");
        }
    }
}
