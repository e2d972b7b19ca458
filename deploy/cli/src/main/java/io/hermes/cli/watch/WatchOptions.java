package io.hermes.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.ExitCode;
import io.hermes.cli.session.Screen;
import io.hermes.cli.session.Session;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a job is watched, by every command that can. */
public final class WatchOptions {

    @Option(
            names = "--give-up-after",
            paramLabel = "MINUTES",
            defaultValue = "15",
            description = "How long to wait for an orchestrator that does not answer. Default: ${DEFAULT-VALUE}.")
    int giveUpAfter;

    /** Watches the job to its end, tells how it ended, and answers so that a script can tell, too. */
    public ExitCode watch(Session session, String job) throws ApiFailure, CommandFailure, InterruptedException {
        HermesApi orchestrator = session.orchestrator();
        Screen screen = session.around().screen();
        ProgressDisplay display = new ProgressDisplay(session.around().err(), screen.err(), screen.columns());
        Patience patience = Patience.of(Duration.ofMinutes(giveUpAfter));
        try (LeaveNote unused = new LeaveNote(session.around().err(), job)) {
            JsonNode progress = new Watch(orchestrator, display, patience).untilEnd(job);
            Ending ending = new Ending(progress);
            session.show(progress, ending::lines);
            return ending.exitCode();
        }
    }
}
