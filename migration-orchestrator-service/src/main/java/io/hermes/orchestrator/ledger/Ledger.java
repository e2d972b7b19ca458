package io.hermes.orchestrator.ledger;

import io.hermes.orchestrator.job.Texts;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.view.ItemFilter;
import io.hermes.orchestrator.view.ItemStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes the documents of a job one after the other, however many there are.
 *
 * <p>What is guaranteed: every document that the job held when the export began, and that matches the filter when its page is read,
 * stands in the ledger exactly once, as it stood at that instant. Of a job that has ended that is one picture, equal to its counters; of
 * a running job the pages are of different instants, and what is planned meanwhile is not in it. Numbers of a job's items are given under
 * the job's lock, so a page never passes over one that is committed later.
 *
 * <p>Each page is one statement outside any transaction: neither a slow reader nor a long ledger holds back the database's clean-up. The
 * next page is read when the client has taken the one before.
 */
@ApplicationScoped
public class Ledger {

    /** Documents of a page: some hundred kilobytes as a rule, some megabytes with the longest keys and messages there can be. */
    private static final int PAGE = 500;

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);

    static final String LAST = """
            SELECT coalesce(max(last.id), 0) AS id FROM unnest($2::text[]) AS wanted(status) CROSS JOIN LATERAL (
                SELECT id FROM migration_items
                 WHERE migration_job_id = $1 AND status >= wanted.status AND status <= wanted.status
                 ORDER BY status DESC, id DESC LIMIT 1) AS last
            """;

    /**
     * Status by status, each in the order of {@code idx_migration_items_status} and no further than the page goes. The status and the
     * number are compared as a row: told that the status is one and the order that of the numbers, PostgreSQL takes the primary key, and
     * looks for a status that no document has through all that there are.
     */
    static final String NEXT = """
            SELECT item.* FROM unnest($2::text[]) AS wanted(status) CROSS JOIN LATERAL (
                SELECT %s FROM migration_items
                 WHERE migration_job_id = $1 AND (status, id) > (wanted.status, $3) AND (status, id) <= (wanted.status, $4)
                   AND ($5::text IS NULL OR error_code = $5)
                   AND ($6::text IS NULL OR source_provider_id LIKE $6 OR dest_provider_id LIKE $6)
                 ORDER BY status, id LIMIT $7) AS item
             ORDER BY item.id LIMIT $7
            """.formatted(LedgerColumn.sql());

    private static final String THERE = "SELECT 1 FROM migration_jobs WHERE id = $1 AND purging_at IS NULL";

    private final Pool pool;
    private final Counter documents;
    private final AtomicInteger open = new AtomicInteger();

    Ledger(@ReactiveDataSource("flow") Pool pool, MeterRegistry meters) {
        this.pool = pool;
        this.documents = Counter.builder("hermes.migration.ledger.documents")
                .description("documents written into ledgers")
                .register(meters);
        Gauge.builder("hermes.migration.ledger.exports", open, AtomicInteger::get)
                .description("ledgers being written now")
                .register(meters);
    }

    /**
     * The documents of a job up to one of them.
     *
     * @param last number of the last item that is in it
     * @param limit at most so many documents
     */
    public record Extent(long jobId, ItemFilter filter, long last, long limit) {}

    /** What a ledger that is begun now holds. */
    public Uni<Extent> extent(long jobId, ItemFilter filter, long limit) {
        return pool.preparedQuery(LAST)
                .execute(Tuple.of(jobId, ItemStatus.words(Optional.empty())))
                .map(rows -> new Extent(jobId, filter, rows.iterator().next().getLong("id"), limit));
    }

    /** Its parts. Fails rather than ends if it cannot be read to its end; stops reading when it is cancelled. */
    public Multi<byte[]> write(Extent extent, LedgerFormat format) {
        return Multi.createFrom().deferred(() -> {
            Place place = new Place(extent, format);
            return Multi.createBy()
                    .concatenating()
                    .streams(head(format), pages(place), end(place))
                    .onSubscription()
                    .invoke(open::incrementAndGet)
                    .onTermination()
                    .invoke(open::decrementAndGet);
        });
    }

    private static Multi<byte[]> head(LedgerFormat format) {
        return Multi.createFrom().optional(format.head());
    }

    private Multi<byte[]> pages(Place place) {
        return Multi.createBy()
                .repeating()
                .uni(() -> next(place))
                .whilst(rows -> place.more())
                .select()
                .where(page -> page.length > 0);
    }

    /** A job that was purged meanwhile, which is hidden before its first document goes, has no end. */
    private Multi<byte[]> end(Place place) {
        return Uni.createFrom()
                .deferred(() -> pool.preparedQuery(THERE).execute(Tuple.of(place.extent.jobId())))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new IllegalStateException(
                                "job " + place.extent.jobId() + " was purged while its ledger was written");
                    }
                    return place.format.end(place.written);
                })
                .toMulti();
    }

    private Uni<byte[]> next(Place place) {
        return Uni.createFrom()
                .deferred(() -> pool.preparedQuery(NEXT).execute(place.parameters()))
                .onFailure(Transactions::isTransient)
                .retry()
                .withBackOff(FIRST_WAIT)
                .atMost(ATTEMPTS)
                .map(rows -> place.take(rows.stream().toList()))
                .invoke(page -> documents.increment(place.lastPage));
    }

    /** How far a ledger is. */
    private static final class Place {
        private final Extent extent;
        private final LedgerFormat format;
        private long after;
        private long written;
        private int wanted;
        private int lastPage;

        Place(Extent extent, LedgerFormat format) {
            this.extent = extent;
            this.format = format;
        }

        Tuple parameters() {
            wanted = (int) Math.min(PAGE, extent.limit() - written);
            return Tuple.tuple()
                    .addLong(extent.jobId())
                    .addArrayOfString(ItemStatus.words(extent.filter().status()))
                    .addLong(after)
                    .addLong(extent.last())
                    .addString(extent.filter().errorCode().map(Enum::name).orElse(null))
                    .addString(
                            extent.filter().keyContains().map(Texts::containing).orElse(null))
                    .addInteger(wanted);
        }

        byte[] take(List<Row> rows) {
            byte[] page = format.documents(rows, written + 1);
            lastPage = rows.size();
            written += rows.size();
            after = rows.isEmpty() ? after : rows.getLast().getLong("id");
            return page;
        }

        boolean more() {
            return lastPage == wanted && written < extent.limit();
        }
    }
}
