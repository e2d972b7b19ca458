package io.hermes.orchestrator.project;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The statements on {@code document_copies}, the memory between jobs. */
@ApplicationScoped
class DocumentCopies {

    private static final String UPSERT = """
            INSERT INTO document_copies (source_provider_uuid, source_key, source_revision, dest_provider_uuid, dest_key,
                                         dest_revision, document_uuid, sha256, size_bytes, job_id, last_seen_pass)
            SELECT source, source_key, source_revision, dest, dest_key, dest_revision, uuid, sha, size, job, job
              FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::bigint[],
                          $10::bigint[])
                   AS d (source, source_key, source_revision, dest, dest_key, dest_revision, uuid, sha, size, job)
            ON CONFLICT (source_provider_uuid, dest_provider_uuid, key_entry(source_key), key_entry(dest_key)) DO UPDATE
               SET source_revision = excluded.source_revision, dest_revision = excluded.dest_revision,
                   document_uuid = coalesce(excluded.document_uuid, document_copies.document_uuid), sha256 = excluded.sha256,
                   size_bytes = excluded.size_bytes, job_id = excluded.job_id, last_seen_pass = excluded.last_seen_pass,
                   copied_at = now()
            """;

    /** Remembers copies, given in the order of their keys. */
    Uni<Void> remember(SqlConnection tx, List<DocumentCopy> copies) {
        List<DocumentCopy> complete = copies.stream()
                .filter(copy -> copy.sourceRevision() != null && copy.destKey() != null && copy.destRevision() != null)
                .toList();
        if (complete.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple tuple = Tuple.tuple();
        tuple.addValue(complete.stream().map(DocumentCopy::source).toArray(UUID[]::new));
        tuple.addValue(complete.stream().map(DocumentCopy::sourceKey).toArray(String[]::new));
        tuple.addValue(complete.stream().map(DocumentCopy::sourceRevision).toArray(String[]::new));
        tuple.addValue(complete.stream().map(DocumentCopy::destination).toArray(UUID[]::new));
        tuple.addValue(complete.stream().map(DocumentCopy::destKey).toArray(String[]::new));
        tuple.addValue(complete.stream().map(DocumentCopy::destRevision).toArray(String[]::new));
        tuple.addValue(complete.stream().map(DocumentCopy::documentUuid).toArray(UUID[]::new));
        tuple.addValue(complete.stream().map(DocumentCopy::sha256).toArray(String[]::new));
        tuple.addValue(complete.stream().map(DocumentCopy::size).toArray(Long[]::new));
        tuple.addValue(complete.stream().map(DocumentCopy::jobId).toArray(Long[]::new));
        return tx.preparedQuery(UPSERT).execute(tuple).replaceWithVoid();
    }
}
