package io.hermes.orchestrator.model;

import io.hermes.orchestrator.model.Document.At;
import io.hermes.orchestrator.model.Document.Lease;
import io.hermes.orchestrator.model.Model.Said;
import io.hermes.orchestrator.model.Model.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What each command makes of the model. */
public final class Steps {

    private static final int TOO_FULL = 8;

    private Steps() {}

    /**
     * Leads the job through a command that concerns nothing on its way.
     *
     * @return what a user is answered
     */
    public static Optional<Said> apply(Model job, Command command) {
        return switch (command) {
            case Command.Start start -> Optional.of(job.start());
            case Command.Pause pause -> Optional.of(job.pause());
            case Command.Resume resume -> Optional.of(job.resume());
            case Command.Cancel cancel -> Optional.of(job.cancel());
            case Command.RetryAll all -> Optional.of(job.retryAll());
            case Command.RetryCode(String code) ->
                Optional.of(job.retry(document -> document.code.equals(Optional.of(code))));
            case Command.RetryOne(int number) -> with(job, number, one -> job.retry(document -> document == one));
            case Command.Skip(int number) -> with(job, number, job::skip);
            case Command.Bears(String failures) -> done(() -> bears(job, failures));
            case Command.Opens(Integer window) -> done(() -> job.window = Optional.ofNullable(window));
            case Command.Claims(int replica) -> done(() -> job.listing.claim(replica, job.active()));
            case Command.Page page -> done(() -> lists(job, page));
            case Command.ListingFails(int replica) -> done(() -> listingFails(job, replica));
            case Command.ListingWaits(int replica) -> done(() -> listingWaits(job, replica));
            case Command.Dispatch dispatch -> done(() -> dispatches(job));
            case Command.Publish publish -> done(() -> publishes(job, publish));
            case Command.Sweep sweep -> done(() -> sweeps(job, sweep));
            case Command.LeaseLapses(int number) ->
                done(() -> document(job, number).ifPresent(Steps::lapses));
            case Command.PlanningLeaseLapses lapses -> done(job.listing::lapses);
            case Command.PlanningIsDue due -> done(job.listing::due);
            case Command.WaitsAreOver over -> done(() -> waitsAreOver(job));
            case Command.HoldsAreDue due -> done(() -> job.holdsDue.replaceAll((provider, before) -> true));
            case Command.Says says -> Optional.empty();
            case Command.Arrives arrives -> Optional.empty();
            case Command.ArrivesTwice arrives -> Optional.empty();
            case Command.ArrivesAgain arrives -> Optional.empty();
            case Command.Meanwhile meanwhile -> Optional.empty();
        };
    }

    private static Optional<Said> done(Runnable step) {
        step.run();
        return Optional.empty();
    }

    /** The document of this number, counted round. */
    static Optional<Document> document(Model job, int number) {
        return job.documents.isEmpty()
                ? Optional.empty()
                : Optional.of(job.documents.get(number % job.documents.size()));
    }

    private static Optional<Said> with(Model job, int number, Function<Document, Said> step) {
        return document(job, number).map(step);
    }

    private static void bears(Model job, String failures) {
        job.bears = Optional.ofNullable(failures);
        job.settle();
    }

    private static boolean owns(Model job, int replica) {
        return job.active() && job.listing.ownedBy(replica);
    }

    /** Whether a page brings new documents: sequences stay small. */
    static boolean hasRoom(Model job) {
        return job.documents.size() < TOO_FULL;
    }

    private static void lists(Model job, Command.Page page) {
        if (!owns(job, page.replica())) {
            return;
        }
        if (hasRoom(job)) {
            for (int i = 0; i < page.documents(); i++) {
                job.documents.add(Document.listed(job.documents.size()));
            }
            for (int i = 0; i < page.rejected(); i++) {
                job.documents.add(Document.rejected(job.documents.size()));
            }
        }
        job.listing.advanced(page.last());
        job.settle();
    }

    private static void listingFails(Model job, int replica) {
        if (owns(job, replica)) {
            job.stop(Wish.FAIL, Optional.of("LISTING"));
        }
    }

    private static void listingWaits(Model job, int replica) {
        if (owns(job, replica)) {
            job.listing.waits();
        }
    }

    /** Ready documents in their order, as many as the window has room for; a provider on hold gets one when its time has come. */
    private static void dispatches(Model job) {
        if (!job.active()) {
            return;
        }
        long room = job.window.orElse(Integer.MAX_VALUE) - job.books().inFlight();
        List<Document> ready = job.documents.stream()
                .filter(document -> document.at == At.PENDING)
                .limit(Math.max(0, room))
                .toList();
        if (ready.isEmpty()) {
            return;
        }
        if (job.holdsDue.containsValue(false)) {
            return;
        }
        boolean probe = !job.holdsDue.isEmpty();
        job.holdsDue.replaceAll((provider, due) -> false);
        ready.stream().limit(probe ? 1 : ready.size()).forEach(document -> {
            document.dispatched();
            job.outbox.add(new Model.Unsent(document.number, document.epoch));
        });
    }

    /** Sends what is unsent: forgets what was acknowledged, and fails what nobody will ever take. */
    private static void publishes(Model job, Command.Publish publish) {
        List<Model.Unsent> left = new ArrayList<>();
        List<Model.Unsent> hopeless = new ArrayList<>();
        for (int i = 0; i < job.outbox.size(); i++) {
            if (bit(publish.hopeless(), i)) {
                hopeless.add(job.outbox.get(i));
            } else if (bit(publish.unknown(), i)) {
                left.add(job.outbox.get(i));
            } else {
                job.broker.sent();
            }
        }
        job.outbox = left;
        for (Model.Unsent task : hopeless) {
            Document document = job.documents.get(task.document());
            if (document.at == At.PENDING_QUEUED && document.epoch == task.epoch()) {
                document.fail("INTERNAL");
                job.settle();
            }
        }
    }

    private static boolean bit(int bits, int number) {
        return ((bits >> number) & 1) == 1;
    }

    private static void lapses(Document document) {
        document.lease = document.lease == Lease.HELD ? Lease.LAPSED : document.lease;
    }

    private static void waitsAreOver(Model job) {
        job.documents.stream()
                .filter(document -> document.at == At.PENDING_RETRY || document.at == At.PENDING_DEFERRED)
                .forEach(document -> document.at = At.PENDING);
    }

    /** Only a lease proper counts as a delivery; a task that waits is never punished. */
    private static void sweeps(Model job, Command.Sweep sweep) {
        if (sweep.recreated()) {
            job.broker.recreated();
        }
        job.documents.stream()
                .filter(document -> document.lease == Lease.LAPSED)
                .forEach(document -> {
                    if (document.at == At.IN_PROGRESS) {
                        lost(job, document);
                    } else {
                        queued(job, document, sweep.committed());
                    }
                });
        job.settle();
    }

    private static void lost(Model job, Document document) {
        job.note("lost");
        document.deliveries++;
        if (document.deliveries > Document.MAX_DELIVERIES) {
            document.fail("WORKER_LOST");
        } else {
            document.ready(At.PENDING);
        }
    }

    private static void queued(Model job, Document document, boolean committed) {
        Broker.Ends ends = job.broker.ends();
        boolean unsent = job.outbox.stream().anyMatch(row -> row.document() == document.number);
        boolean gone = document.noted
                .filter(noted ->
                        noted.incarnation() != ends.incarnation() || (committed ? ends.offset() : 0) >= noted.offset())
                .isPresent();
        if (!unsent && gone) {
            document.ready(At.PENDING);
            return;
        }
        document.lease = Lease.HELD;
        if (!unsent && document.noted.isEmpty()) {
            document.noted = Optional.of(ends);
        }
    }
}
