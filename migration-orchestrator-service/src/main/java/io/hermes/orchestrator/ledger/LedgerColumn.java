package io.hermes.orchestrator.ledger;

import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What the ledger tells of a document, in the order of its columns. Names and order are a contract: new columns go to the end.
 *
 * <p>Keys are as the stores know them, hashes are SHA-256 in hexadecimal, times are RFC 3339 in UTC, durations are milliseconds, sizes are
 * bytes. What is not known is empty in CSV and {@code null} in NDJSON.
 */
enum LedgerColumn {
    ITEM_ID("itemId", "id", Row::getLong),
    SOURCE_KEY("sourceKey", "source_provider_id", Row::getString),
    DEST_KEY("destKey", "dest_provider_id", Row::getString),
    DOCUMENT_UUID("documentUuid", "document_uuid", Row::getUUID),
    SIZE_BYTES("sizeBytes", "size_bytes", Row::getLong),
    STATUS("status", "status", Row::getString),
    REASON("reason", "reason", Row::getString),
    ERROR_CODE("errorCode", "error_code", Row::getString),
    ERROR_MESSAGE("errorMessage", "error_message", Row::getString),
    SOURCE_CONTENT_HASH("sourceContentHash", "source_content_hash", Row::getString),
    DEST_CONTENT_HASH("destContentHash", "dest_content_hash", Row::getString),
    SOURCE_REVISION("sourceRevision", "source_revision", Row::getString),
    DEST_REVISION("destRevision", "dest_revision", Row::getString),
    REPLACED_REVISION("replacedRevision", "replaced_revision", Row::getString),
    BYTES_TRANSFERRED("bytesTransferred", "bytes_transferred", Row::getLong),
    DURATION_MS("durationMs", "duration_ms", Row::getLong),
    ATTEMPT_COUNT("attemptCount", "attempt_count", Row::getInteger),
    DELIVERY_COUNT("deliveryCount", "delivery_count", Row::getInteger),
    REQUESTS("requests", "requests", Row::getInteger),
    WORKER_ID("workerId", "worker_id", Row::getString),
    CREATED_AT("createdAt", "created_at", LedgerColumn::time),
    STARTED_AT("startedAt", "started_at", LedgerColumn::time),
    COMPLETED_AT("completedAt", "completed_at", LedgerColumn::time);

    /** All of them. */
    static final List<LedgerColumn> ALL = List.of(values());

    private final String title;
    private final String column;
    private final BiFunction<Row, String, Object> reader;

    LedgerColumn(String title, String column, BiFunction<Row, String, Object> reader) {
        this.title = title;
        this.column = column;
        this.reader = reader;
    }

    /** Its name in files, that of the API. */
    String title() {
        return title;
    }

    /** The value, {@code null} if it is not known. */
    Object value(Row row) {
        return reader.apply(row, column);
    }

    /** The columns of {@code migration_items}, for a query. */
    static String sql() {
        return Arrays.stream(values()).map(column -> column.column).collect(Collectors.joining(", "));
    }

    private static Object time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
