package io.hermes.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How much of a list is wanted. */
public final class LimitOption {

    private static final int MOST = 100_000;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    private int limit;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many. Default: ${DEFAULT-VALUE}.")
    void set(int wanted) {
        if (wanted < 1 || wanted > MOST) {
            throw new ParameterException(command.commandLine(), "--limit must be between 1 and " + MOST + ".");
        }
        limit = wanted;
    }

    public int limit() {
        return limit;
    }

    /** Says that there is more, if there is. */
    public void noteMore(Session session, JsonNode answer, String instead) {
        if (answer.has("nextCursor")) {
            session.note(
                    "There are more than these " + answer.path("count").asInt() + ": raise --limit" + instead + ".");
        }
    }
}
