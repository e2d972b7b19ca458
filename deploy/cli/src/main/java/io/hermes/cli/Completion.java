package io.hermes.cli;

import io.hermes.cli.session.Surroundings;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The script that teaches a shell our words. */
@Command(
        name = "completion",
        description = {"Writes a completion script for bash and zsh.", "Use it so: source <(hermes completion)"})
final class Completion implements Callable<Integer> {

    private final Surroundings around;

    @Spec
    private CommandSpec spec;

    Completion(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        around.out().print(AutoComplete.bash("hermes", spec.root().commandLine()));
        return 0;
    }
}
