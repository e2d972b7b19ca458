package io.hermes.cli.job;

import io.hermes.cli.session.CommandGroup;
import io.hermes.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hermes job …}. */
@Command(
        name = "job",
        description = "Migrations, their documents and their ledger.",
        synopsisSubcommandLabel = "COMMAND")
public final class JobCommands extends CommandGroup {

    private JobCommands() {}

    /** The group with its commands. */
    public static CommandLine of(Session session) {
        return new CommandLine(new JobCommands())
                .addSubcommand(new CreateJob(session))
                .addSubcommand(new StartJob(session))
                .addSubcommand(new WatchJob(session))
                .addSubcommand(new ListJobs(session))
                .addSubcommand(new ShowJob(session))
                .addSubcommand(new PauseJob(session))
                .addSubcommand(new ResumeJob(session))
                .addSubcommand(new CancelJob(session))
                .addSubcommand(new RetryJob(session))
                .addSubcommand(new SkipItem(session))
                .addSubcommand(new SetJob(session))
                .addSubcommand(new CloneJob(session))
                .addSubcommand(new ListErrors(session))
                .addSubcommand(new ListItems(session))
                .addSubcommand(new ExportItems(session));
    }
}
