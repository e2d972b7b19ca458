package io.hermes.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import io.hermes.cli.api.Query;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Follows a job through the public API until it has ended. An orchestrator that goes away meanwhile is waited for; the job itself does
 * not need anybody who watches.
 */
public final class Watch {

    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

    private final HermesApi orchestrator;
    private final ProgressDisplay display;
    private final Patience patience;

    public Watch(HermesApi orchestrator, ProgressDisplay display, Patience patience) {
        this.orchestrator = orchestrator;
        this.display = display;
        this.patience = patience;
    }

    /**
     * Shows the progress until the job has ended; the last answer of the progress endpoint.
     *
     * @param job id or UUID
     * @throws ApiFailure if the first look fails, if a later one is refused for good, or if nobody has answered for too long
     */
    public JsonNode untilEnd(String job) throws ApiFailure, InterruptedException {
        String path = "/api/v2/migrations/jobs/" + Query.segment(job) + "/progress";
        JsonNode progress = orchestrator.get(path);
        while (!FINAL.contains(progress.path("status").asText())) {
            display.show(progress);
            Thread.sleep(patience.interval());
            progress = patiently(path);
        }
        display.finish(progress);
        return progress;
    }

    private JsonNode patiently(String path) throws ApiFailure, InterruptedException {
        long since = System.nanoTime();
        Duration pause = patience.firstPause();
        while (true) {
            try {
                JsonNode progress = orchestrator.get(path);
                if (pause.compareTo(patience.firstPause()) > 0) {
                    display.note("The orchestrator answers again.");
                }
                return progress;
            } catch (ApiFailure failure) {
                Duration gone = Duration.ofNanos(System.nanoTime() - since);
                if (!failure.temporary() || gone.compareTo(patience.limit()) > 0) {
                    throw failure;
                }
                display.note(failure.getMessage() + " The job does not need it to be watched; trying again in "
                        + seconds(pause) + ".");
                Thread.sleep(pause);
                pause = patience.after(pause);
            }
        }
    }

    private static String seconds(Duration pause) {
        return String.format(Locale.ROOT, "%.1f s", pause.toMillis() / 1000.0);
    }
}
