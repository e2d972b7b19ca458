package io.hermes.orchestrator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One job as the specification wants it (ARCHITECTURE §2, SPEC §1.5): plain lists, no SQL, nothing incremental. After every command it
 * asks whether the job has ended, which the engine does only where something can have ended it.
 */
public final class Model {

    /** Where a job stands. */
    public enum Status {
        PENDING,
        RUNNING,
        PAUSED,
        COMPLETED,
        FAILED,
        CANCELLED;

        boolean ended() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }

    /** What a job becomes once nothing of it is in flight. */
    public enum Wish {
        PAUSE,
        CANCEL,
        FAIL
    }

    /** What a user is answered. */
    public enum Said {
        DONE,
        ALREADY,
        IMPOSSIBLE
    }

    /** An unsent task. */
    record Unsent(int document, int epoch) {}

    final List<Document> documents = new ArrayList<>();
    final Map<String, Boolean> holdsDue = new TreeMap<>();
    final Map<String, Long> ledger = new TreeMap<>();
    List<Unsent> outbox = new ArrayList<>();
    Broker broker = new Broker();
    Listing listing = new Listing();
    Status status = Status.PENDING;
    Optional<Wish> wish = Optional.empty();
    Optional<String> outcome = Optional.empty();
    Optional<String> reason = Optional.empty();
    Optional<String> bears = Optional.empty();
    Optional<Integer> window = Optional.empty();
    long requests;

    /** The same job, to be led another way. */
    public Model copy() {
        Model copy = new Model();
        documents.forEach(document -> copy.documents.add(document.copy()));
        copy.holdsDue.putAll(holdsDue);
        copy.ledger.putAll(ledger);
        copy.outbox = new ArrayList<>(outbox);
        copy.broker = broker.copy();
        copy.listing = listing.copy();
        copy.status = status;
        copy.wish = wish;
        copy.outcome = outcome;
        copy.reason = reason;
        copy.bears = bears;
        copy.window = window;
        copy.requests = requests;
        return copy;
    }

    public List<Document> documents() {
        return documents;
    }

    public Status status() {
        return status;
    }

    public Optional<Wish> wish() {
        return wish;
    }

    public Optional<String> outcome() {
        return outcome;
    }

    public Optional<String> reason() {
        return reason;
    }

    public Optional<String> bears() {
        return bears;
    }

    public boolean planned() {
        return listing.done;
    }

    /** Attempts that ended badly, of this kind. */
    public long attempts(String kind) {
        return ledger.getOrDefault(kind, 0L);
    }

    public Books books() {
        return Books.of(documents);
    }

    public boolean active() {
        return status == Status.RUNNING && wish.isEmpty();
    }

    // Users.

    public Said start() {
        if (status != Status.PENDING) {
            return status == Status.RUNNING ? Said.ALREADY : Said.IMPOSSIBLE;
        }
        status = Status.RUNNING;
        return Said.DONE;
    }

    public Said pause() {
        if (active()) {
            stop(Wish.PAUSE, Optional.empty());
            return Said.DONE;
        }
        return status == Status.PAUSED || wish.equals(Optional.of(Wish.PAUSE)) ? Said.ALREADY : Said.IMPOSSIBLE;
    }

    public Said resume() {
        if (active()) {
            return Said.ALREADY;
        }
        if (status != Status.PAUSED && !wish.equals(Optional.of(Wish.PAUSE))) {
            return Said.IMPOSSIBLE;
        }
        status = Status.RUNNING;
        wish = Optional.empty();
        listing.released();
        settle();
        return Said.DONE;
    }

    public Said cancel() {
        if (status == Status.CANCELLED || wish.equals(Optional.of(Wish.CANCEL))) {
            return Said.ALREADY;
        }
        if (status.ended() || wish.equals(Optional.of(Wish.FAIL))) {
            return Said.IMPOSSIBLE;
        }
        if (status == Status.PENDING) {
            end(Status.CANCELLED, "CANCELLED", Optional.empty());
        } else {
            stop(Wish.CANCEL, Optional.empty());
        }
        return Said.DONE;
    }

    public Said retryAll() {
        if (!status.ended()) {
            return stopping() || status != Status.RUNNING ? Said.IMPOSSIBLE : Said.ALREADY;
        }
        return retry(document -> true, true);
    }

    /** Chosen documents once more; if none of them has failed, nothing happens. */
    public Said retry(Predicate<Document> which) {
        return retry(which, false);
    }

    private Said retry(Predicate<Document> which, boolean all) {
        boolean worth = status == Status.FAILED || books().failed() > 0;
        boolean possible =
                status.ended() ? status != Status.CANCELLED && worth : status != Status.PENDING && !stopping();
        if (!possible) {
            return Said.IMPOSSIBLE;
        }
        List<Document> again = documents.stream()
                .filter(document -> document.at == Document.At.FAILED && which.test(document))
                .toList();
        if (again.isEmpty() && !all) {
            return Said.ALREADY;
        }
        if (status.ended()) {
            status = Status.RUNNING;
            outcome = Optional.empty();
            reason = Optional.empty();
            listing.due();
        }
        again.forEach(Document::retried);
        settle();
        return Said.DONE;
    }

    private boolean stopping() {
        return wish.filter(action -> action != Wish.PAUSE).isPresent();
    }

    public Said skip(Document document) {
        if (status.ended() || document.at.inFlight() || document.at == Document.At.COMPLETED) {
            return Said.IMPOSSIBLE;
        }
        if (document.at == Document.At.SKIPPED) {
            return Said.ALREADY;
        }
        document.close(Document.At.SKIPPED);
        settle();
        return Said.DONE;
    }

    // The engine.

    /** Notes what the job shall become, and takes back what is unsent, so that it becomes that as soon as the workers have answered. */
    void stop(Wish action, Optional<String> why) {
        wish = Optional.of(action);
        reason = why;
        for (Unsent unsent : outbox) {
            Document document = documents.get(unsent.document());
            if (document.at == Document.At.PENDING_QUEUED && document.epoch == unsent.epoch()) {
                document.ready(Document.At.PENDING);
            }
        }
        outbox = new ArrayList<>();
        settle();
    }

    /** The finish test. */
    public void settle() {
        if (status != Status.RUNNING && status != Status.PAUSED) {
            return;
        }
        Books books = books();
        boolean over = listing.done && books.open() == 0;
        if (wish.isPresent() && books.inFlight() > 0) {
            return;
        }
        if (wish.isPresent() && !(over && wish.get() == Wish.PAUSE)) {
            drained(wish.get());
        } else if (status == Status.RUNNING && bears.isPresent() && books.exceed(bears.get(), listing.done)) {
            stop(Wish.FAIL, Optional.of("MAX_FAILURES"));
        } else if (over) {
            end(Status.COMPLETED, books.outcome(), Optional.empty());
        }
    }

    private void drained(Wish action) {
        switch (action) {
            case PAUSE -> {
                status = Status.PAUSED;
                wish = Optional.empty();
                listing.released();
            }
            case CANCEL -> end(Status.CANCELLED, "CANCELLED", Optional.empty());
            case FAIL -> end(Status.FAILED, "FAILED", reason);
        }
    }

    private void end(Status as, String how, Optional<String> why) {
        status = as;
        outcome = Optional.of(how);
        reason = why;
        wish = Optional.empty();
        listing.released();
    }

    void note(String attempt) {
        ledger.merge(attempt, 1L, Long::sum);
    }

    /** Everything that counts, in words. */
    public String snapshotText() {
        return Snapshot.of(this).toString();
    }
}
