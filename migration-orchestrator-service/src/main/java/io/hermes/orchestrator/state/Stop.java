package io.hermes.orchestrator.state;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;

/**
 * Stops a job before everything of it is done. Said here and done above: what is unsent is taken back, and that is the dispatcher's to do.
 */
public interface Stop {

    /**
     * Notes what the job shall become and takes back what no relay has in its hands: it becomes that here and now if nothing else of it is
     * in flight, otherwise with the last answer of a worker.
     *
     * @param reason the job's, once it has ended
     */
    Uni<Void> request(SqlConnection tx, LockedJob job, PendingAction action, Optional<String> reason);
}
