package io.hermes.cli.session;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What may be said to every command, before or behind its name. */
public final class GlobalOptions {

    /** How answers are written. */
    public enum Format {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explains the command.")
    boolean help;

    @Option(
            names = "--stack",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "Folder of a local stack: URLs and token come from its stack.json. Also HERMES_STACK.")
    Path stack;

    @Option(
            names = "--registry-url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description =
                    "Provider registry. Also HERMES_REGISTRY_URL; http://localhost:8081 if nothing says otherwise.")
    String registryUrl;

    @Option(
            names = "--orchestrator-url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description =
                    "Orchestrator. Also HERMES_ORCHESTRATOR_URL; http://localhost:8082 if nothing says otherwise.")
    String orchestratorUrl;

    @Option(
            names = "--token-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "File that holds the bearer token. Also HERMES_TOKEN, which is the token itself.")
    Path tokenFile;

    @Option(
            names = "--profile",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Settings of yours: registry-url, orchestrator-url, token-file, stack. "
                    + "~/.config/hermes/cli.properties if it exists.")
    Path profile;

    @Option(
            names = "--output",
            scope = ScopeType.INHERIT,
            paramLabel = "table|json",
            description = "How answers are written: for people or for programs. Default: table.")
    Format output = Format.TABLE;
}
