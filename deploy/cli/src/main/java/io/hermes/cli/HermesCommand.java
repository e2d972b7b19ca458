package io.hermes.cli;

import io.hermes.cli.job.JobCommands;
import io.hermes.cli.provider.ProviderCommands;
import io.hermes.cli.session.GlobalOptions;
import io.hermes.cli.session.Screen;
import io.hermes.cli.session.Session;
import io.hermes.cli.session.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code hermes}. */
@Command(
        name = "hermes",
        versionProvider = Version.class,
        header = "Moves documents between stores, and can prove it.",
        synopsisSubcommandLabel = "COMMAND")
public final class HermesCommand implements Runnable {

    @Mixin
    private final GlobalOptions options = new GlobalOptions();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Says which version this is.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    private HermesCommand() {}

    /** Ends the JVM with one of the codes that {@code hermes --help} lists. */
    public static void main(String[] arguments) {
        Surroundings around = new Surroundings(
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Screen.ofProperties());
        System.exit(run(around, arguments));
    }

    /** Runs one command line; the code that the process shall end with. */
    public static int run(Surroundings around, String... arguments) {
        return commandLine(around).execute(arguments);
    }

    static CommandLine commandLine(Surroundings around) {
        HermesCommand root = new HermesCommand();
        Session session = new Session(root.options, around);
        CommandLine command = new CommandLine(root)
                .addSubcommand(ProviderCommands.of(session))
                .addSubcommand(JobCommands.of(session))
                .addSubcommand(new Workers(session))
                .addSubcommand(new Completion(around));
        Failures failures = new Failures(around.err());
        return HelpPages.of(command, around.screen())
                .setOut(writer(around.out()))
                .setErr(writer(around.err()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours(around)))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Without a command: says which ones there are. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static Ansi colours(Surroundings around) {
        boolean wanted = around.screen().out() && around.variable("NO_COLOR").isEmpty();
        return wanted ? Ansi.ON : Ansi.OFF;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
