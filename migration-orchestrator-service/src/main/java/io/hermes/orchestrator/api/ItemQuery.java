package io.hermes.orchestrator.api;

import io.hermes.contract.event.ErrorCode;
import io.hermes.orchestrator.view.ItemFilter;
import io.hermes.orchestrator.view.ItemStatus;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** The query parameters of the list of items, as text. */
public class ItemQuery {

    private static final int STANDARD = 100;
    private static final int MOST = 1000;

    @RestQuery
    String status;

    @RestQuery
    String errorCode;

    @RestQuery
    String q;

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
