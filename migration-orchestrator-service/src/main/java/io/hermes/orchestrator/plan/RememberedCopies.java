package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.state.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** What earlier jobs have copied from one store to another, as {@code document_copies} has it. */
@ApplicationScoped
class RememberedCopies {

    private static final String ANY = """
            SELECT EXISTS (SELECT FROM document_copies WHERE source_provider_uuid = $1 AND dest_provider_uuid = $2) AS any
            """;

    /**
     * {@code idx_document_copies_key}, once for each key. {@code OFFSET 0} keeps PostgreSQL from reading all copies between two stores that
     * its statistics do not know yet, to join them afterwards.
     */
    static final String OF = """
            SELECT c.source_key, c.source_revision, c.dest_key, c.dest_revision, c.document_uuid, c.sha256, c.size_bytes
              FROM unnest($3::text[]) AS d (key)
             CROSS JOIN LATERAL (
                    SELECT * FROM document_copies
                     WHERE source_provider_uuid = $1 AND dest_provider_uuid = $2 AND key_entry(source_key) = key_entry(d.key)
                       AND source_key = d.key
                    OFFSET 0) c
            """;

    private final Transactions transactions;

    RememberedCopies(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Whether there are any. */
    Uni<Boolean> any(UUID source, UUID destination) {
        return transactions.run(tx -> tx.preparedQuery(ANY)
                .execute(Tuple.of(source, destination))
                .map(rows -> rows.iterator().next().getBoolean("any")));
    }

    /** Those of these documents; none, one or several of each. */
    Uni<List<RememberedCopy>> of(UUID source, UUID destination, List<String> keys) {
        Tuple tuple = Tuple.of(source, destination, keys.toArray(String[]::new));
        return transactions.run(tx -> tx.preparedQuery(OF)
                .execute(tuple)
                .map(rows -> rows.stream().map(RememberedCopies::copy).toList()));
    }

    private static RememberedCopy copy(Row row) {
        return new RememberedCopy(
                row.getString("source_key"),
                row.getString("source_revision"),
                row.getString("dest_key"),
                row.getString("dest_revision"),
                row.getUUID("document_uuid"),
                row.getString("sha256"),
                row.getLong("size_bytes"));
    }
}
