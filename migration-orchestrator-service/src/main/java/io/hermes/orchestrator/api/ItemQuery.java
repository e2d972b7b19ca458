package io.hermes.orchestrator.api;

import io.hermes.contract.event.ErrorCode;
import io.hermes.orchestrator.view.ItemFilter;
import io.hermes.orchestrator.view.ItemStatus;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The query parameters of the list of items, as text. */
public class ItemQuery {

    private static final int STANDARD = 100;
    private static final int MOST = 1000;

    @Parameter(
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"pending", "in_progress", "completed", "failed", "skipped"}))
    @RestQuery
    String status;

    @Parameter(schema = @Schema(implementation = ErrorCode.class))
    @RestQuery
    String errorCode;

    @RestQuery
    String q;

    @Parameter(
            description = "Most documents of a page; of a file there is no most, and no limit is all",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "" + MOST,
                            defaultValue = "" + STANDARD))
    @RestQuery
    String limit;

    @RestQuery
    String cursor;

    /** What they mean. */
    record Wish(ItemFilter filter, int limit, Optional<String> cursor) {
        String scope(long jobId) {
            return "items " + jobId + " " + filter;
        }
    }

    Wish read() {
        QueryReader reader = new QueryReader();
        Wish wish = new Wish(
                filter(reader, status, errorCode, q), reader.limit(limit, STANDARD, MOST), Optional.ofNullable(cursor));
        reader.check();
        return wish;
    }

    /** The filter that a page and a ledger have in common. */
    static ItemFilter filter(QueryReader reader, String status, String errorCode, String q) {
        return new ItemFilter(
                reader.word("status", status, ItemStatus.class, ItemStatus::word),
                reader.word("errorCode", errorCode, ErrorCode.class, ErrorCode::name),
                reader.text("q", q));
    }
}
