package io.hermes.orchestrator.outbox;

import io.hermes.orchestrator.outbox.TaskChannel.Fate;
import io.hermes.orchestrator.state.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * One batch of the relay: rows are taken, sent, and deleted once the broker has acknowledged them, all in one transaction. The one
 * place where a transaction waits for Kafka: ten seconds at most. If the process dies here, the rows come back and are sent again;
 * the idempotent key and the epoch make that harmless.
 */
@ApplicationScoped
class RelayBatch {

    /** Rows of one batch. */
    static final int SIZE = 500;

    private final Transactions transactions;
    private final OutboxRows rows;
    private final TaskChannel channel;

    RelayBatch(Transactions transactions, OutboxRows rows, TaskChannel channel) {
        this.transactions = transactions;
        this.rows = rows;
        this.channel = channel;
    }

    /** Sends a batch. What was acknowledged is gone from the table even if other rows of the batch were not. */
    Uni<List<Fate>> send() {
        return transactions.once(tx -> rows.claim(tx, SIZE).chain(claimed -> send(tx, claimed)));
    }

    private Uni<List<Fate>> send(SqlConnection tx, List<OutboxRow> claimed) {
        if (claimed.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return channel.sendAll(claimed).call(fates -> rows.delete(tx, settled(fates)));
    }

    private static List<OutboxRow> settled(List<Fate> fates) {
        return fates.stream().filter(RelayBatch::isSettled).map(Fate::row).toList();
    }

    private static boolean isSettled(Fate fate) {
        return switch (fate) {
            case Fate.Sent sent -> true;
            case Fate.Hopeless hopeless -> true;
            case Fate.Unknown unknown -> false;
        };
    }
}
