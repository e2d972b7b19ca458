package io.hermes.orchestrator.model;

import io.hermes.orchestrator.model.Document.At;
import io.hermes.orchestrator.model.Document.Lease;
import io.hermes.orchestrator.model.Model.Wish;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a chunk of events, committed in one transaction, makes of a job. */
public final class Reports {

    static final String SOURCE = "source";
    static final String DESTINATION = "destination";

    private final Model job;
    private final Set<Integer> changed = new HashSet<>();
    private boolean rejected;

    private Reports(Model job) {
        this.job = job;
    }

    /** Takes the events in, in this order, and asks whether that ends the job. */
    public static void arrive(Model job, List<Told> chunk) {
        boolean toldToStop = job.wish.isPresent();
        boolean rejected = fold(job, chunk);
        job.settle();
        if (rejected && !toldToStop && !job.status.ended()) {
            job.stop(Wish.FAIL, Optional.of("PROVIDER_AUTH"));
        }
    }

    /**
     * Takes the events in, in this order.
     *
     * @return whether a provider has rejected the job before it ever worked for it
     */
    public static boolean fold(Model job, List<Told> chunk) {
        Reports reports = new Reports(job);
        chunk.forEach(reports::arrives);
        chunk.stream()
                .filter(told -> told.answer() == Command.Answer.HEARTBEAT)
                .filter(told -> !reports.changed.contains(told.document()))
                .forEach(reports::heartbeat);
        return reports.rejected;
    }

    private void arrives(Told told) {
        Document document = job.documents.get(told.document());
        boolean answers = document.answers(told.dispatch());
        boolean changes = switch (told.answer()) {
            case HEARTBEAT -> false;
            case STARTED -> answers && document.at == At.PENDING_QUEUED;
            case SUCCEEDED, SUCCEEDED_ON_ANOTHER_REVISION -> document.accepts(told.answer(), told.dispatch());
            case UNPROVEN, SKIPPED, FAILED, FAILED_FOR_GOOD, DEFERRED, REJECTED_BY_PROVIDER -> answers;
        };
        if (changes) {
            changed.add(told.document());
            change(document, told.answer());
        }
    }

    private void change(Document document, Command.Answer answer) {
        switch (answer) {
            case HEARTBEAT -> throw new IllegalStateException("changes nothing");
            case STARTED -> {
                document.ready(At.IN_PROGRESS);
                document.lease = Lease.HELD;
            }
            case SUCCEEDED, SUCCEEDED_ON_ANOTHER_REVISION -> {
                document.bytes = Document.COPIED_BYTES;
                document.revision = Optional.of(Document.revisionOf(answer));
                answered(document, At.COMPLETED);
            }
            case SKIPPED -> {
                document.bytes = Document.LISTED_BYTES;
                document.revision = Optional.of(Document.REVISION);
                answered(document, At.SKIPPED);
            }
            case UNPROVEN -> failed(document, "CONTENT_HASH_MISMATCH", true);
            case FAILED -> failed(document, "TIMEOUT", true);
            case FAILED_FOR_GOOD -> failed(document, "SOURCE_NOT_FOUND", false);
            case DEFERRED -> {
                deferred(document);
                job.holdsDue.put(DESTINATION, false);
            }
            case REJECTED_BY_PROVIDER -> {
                deferred(document);
                if (job.books().migrated() + job.books().skipped() > 0) {
                    job.holdsDue.put(SOURCE, false);
                } else {
                    rejected = true;
                }
            }
        }
    }

    /** The stores have answered. */
    private void answered(Document document, At end) {
        document.close(end);
        job.requests += Document.REQUESTS;
        job.holdsDue.clear();
    }

    /** An attempt, unlike an outage. */
    private void failed(Document document, String code, boolean retryable) {
        document.attempts++;
        job.note("failed");
        if (!retryable || document.attempts >= Document.MAX_ATTEMPTS) {
            document.fail(code);
        } else {
            document.ready(job.active() ? At.PENDING_RETRY : At.PENDING);
        }
    }

    private void deferred(Document document) {
        job.note("deferred");
        document.ready(job.active() ? At.PENDING_DEFERRED : At.PENDING);
    }

    private void heartbeat(Told told) {
        Document document = job.documents.get(told.document());
        if (document.epoch == told.dispatch() && document.lease == Lease.LAPSED) {
            document.lease = Lease.HELD;
        }
    }
}
