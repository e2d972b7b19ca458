package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.session.ExitCode;
import io.hermes.cli.session.Session;
import io.hermes.cli.watch.WatchOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An order that sets a job in motion, which somebody may want to see. */
abstract class WatchableOrder extends Order {

    @Option(names = "--watch", description = "Follows the job to its end; the exit code tells how it ended.")
    private boolean watch;

    @Mixin
    private final WatchOptions watching = new WatchOptions();

    WatchableOrder(Session session) {
        super(session);
    }

    @Override
    ExitCode after(JsonNode ordered) throws Exception {
        if (!watch) {
            return super.after(ordered);
        }
        session.note(JobText.line(ordered).getFirst());
        return watching.watch(session, ordered.path("id").asText());
    }
}
