package io.hermes.cli.provider;

import io.hermes.cli.session.CommandGroup;
import io.hermes.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hermes provider …}. */
@Command(name = "provider", description = "Stores that documents are in.", synopsisSubcommandLabel = "COMMAND")
public final class ProviderCommands extends CommandGroup {

    static final String PATH = "/api/v2/providers";

    private ProviderCommands() {}

    /** The group with its commands. */
    public static CommandLine of(Session session) {
        return new CommandLine(new ProviderCommands())
                .addSubcommand(new AddProvider(session))
                .addSubcommand(new ImportHcl(session))
                .addSubcommand(new TestProvider(session))
                .addSubcommand(new ListProviders(session))
                .addSubcommand(new ShowProvider(session))
                .addSubcommand(new ShowStatistics(session))
                .addSubcommand(new ScanProvider(session))
                .addSubcommand(new RemoveProvider(session));
    }
}
