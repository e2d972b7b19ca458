package io.hermes.orchestrator.api;

import io.hermes.orchestrator.view.ItemFilter;
import io.hermes.orchestrator.view.ItemStatus;
import org.jboss.resteasy.reactive.RestQuery;

/** The query parameters of a ledger: those of the list of items, but that it begins at the beginning and, without a limit, is everything. */
public class LedgerQuery {

    private static final int MOST = 999_999_999;

    @RestQuery
    String status;

    @RestQuery
    String errorCode;

    @RestQuery
    String q;

    @RestQuery
    String limit;

    /** What they mean. */
    record Wish(ItemFilter filter, long limit) {

        /** The documents, as a part of a file name. */
        String word() {
            return filter.status().map(ItemStatus::word).orElse("ledger");
        }
    }

    Wish read() {
        QueryReader reader = new QueryReader();
        Wish wish = new Wish(
                ItemQuery.filter(reader, status, errorCode, q),
                limit == null ? Long.MAX_VALUE : reader.limit(limit, MOST, MOST));
        reader.check();
        return wish;
    }
}
