package io.hermes.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_HEADER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import io.hermes.cli.session.ExitCode;
import io.hermes.cli.session.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What help looks like: the first page names every command, those of groups too, and the options that all of them take; the page of
 * a command has its own options only.
 */
final class HelpPages {

    private static final int MOST_COLUMNS = 120;
    private static final int LEAST_COLUMNS = 80;
    private static final int COMMANDS_WIDTH = 23;

    private HelpPages() {}

    /** Gives the command and all below it their pages. */
    static CommandLine of(CommandLine root, Screen screen) {
        int width = screen.out() ? Math.clamp(screen.columns(), LEAST_COLUMNS, MOST_COLUMNS) : MOST_COLUMNS;
        all(root).forEach(command -> page(command, width));
        root.getCommandSpec().usageMessage().footer(firstFooter());
        root.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST, HelpPages::everyCommand);
        root.setHelpSectionKeys(List.of(
                SECTION_KEY_HEADER,
                SECTION_KEY_SYNOPSIS_HEADING,
                SECTION_KEY_SYNOPSIS,
                SECTION_KEY_COMMAND_LIST_HEADING,
                SECTION_KEY_COMMAND_LIST,
                SECTION_KEY_OPTION_LIST_HEADING,
                SECTION_KEY_OPTION_LIST,
                SECTION_KEY_FOOTER));
        return root;
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpPages::all));
    }

    private static void page(CommandLine command, int width) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(width);
        usage.sortOptions(false);
        usage.abbreviateSynopsis(true);
        usage.synopsisHeading("%nUsage: ");
        usage.descriptionHeading("%n");
        usage.parameterListHeading("%n");
        usage.optionListHeading("%nOptions:%n");
        usage.commandListHeading("%nCommands:%n");
        if (command.getParent() != null) {
            usage.footer(
                    "", "Options of every command, such as --stack, --token-file and --output json: hermes --help");
            command.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, HelpPages::ownOptions);
        }
    }

    private static String ownOptions(Help help) {
        List<OptionSpec> own = help.commandSpec().options().stream()
                .filter(option -> !option.inherited() && !option.hidden())
                .toList();
        Layout layout = help.createDefaultLayout(own, List.of(), help.colorScheme());
        layout.addAllOptions(own, help.parameterLabelRenderer());
        return layout.toString();
    }

    private static String everyCommand(Help help) {
        TextTable table = TextTable.forColumnWidths(
                help.colorScheme(),
                COMMANDS_WIDTH,
                help.commandSpec().usageMessage().width() - COMMANDS_WIDTH);
        leaves(help.commandSpec().commandLine(), "")
                .forEach(leaf -> table.addRowValues("  " + leaf.name(), leaf.description()));
        return table.toString();
    }

    private record Leaf(String name, String description) {}

    private static Stream<Leaf> leaves(CommandLine command, String prefix) {
        return command.getSubcommands().entrySet().stream().flatMap(entry -> {
            String name = prefix + entry.getKey();
            CommandLine below = entry.getValue();
            String[] description = below.getCommandSpec().usageMessage().description();
            return below.getSubcommands().isEmpty()
                    ? Stream.of(new Leaf(name, description.length == 0 ? "" : description[0]))
                    : leaves(below, name + " ");
        });
    }

    private static String[] firstFooter() {
        List<String> lines = new ArrayList<>(List.of(
                "",
                "Examples:",
                "  hermes provider add files --type local --set base_path=/srv/documents --read-only",
                "  hermes job create --source files --dest archive --start --watch",
                "  hermes job export 7 --format csv --status failed -o failed.csv",
                "",
                "Exit codes:"));
        ExitCode.explained().forEach(line -> lines.add("  " + line));
        return lines.toArray(String[]::new);
    }
}
