package io.hermes.cli.job;

import io.hermes.cli.session.Session;
import io.hermes.cli.watch.WatchOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks on. */
@Command(
        name = "watch",
        description = {
            "Shows the progress of a job until it has ended; the exit code tells how.",
            "Ctrl-C ends the watching and nothing else."
        })
final class WatchJob implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "JOB", description = "Id or UUID of the job.")
    private String job;

    @Mixin
    private final WatchOptions watching = new WatchOptions();

    WatchJob(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        return watching.watch(session, job).number();
    }
}
