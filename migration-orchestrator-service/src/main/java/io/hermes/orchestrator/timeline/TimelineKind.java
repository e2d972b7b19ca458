package io.hermes.orchestrator.timeline;

import java.util.Locale;

/** What an entry of a timeline is about, for programs. New kinds may come. */
public enum TimelineKind {
    /** Somebody created the job. */
    CREATED,
    /** Somebody gave the job its list of documents. */
    LISTED,
    /** Somebody started it. */
    STARTED,
    /** Its plan is complete. */
    PLANNED,
    /** Somebody changed its terms. */
    CHANGED,
    /** Somebody asked it to pause. */
    PAUSING,
    /** Nothing of it is in flight any more, and it is paused. */
    PAUSED,
    /** Somebody let it go on. */
    RESUMED,
    /** Somebody cancelled it. */
    CANCELLING,
    /** Something makes it end as failed. */
    STOPPING,
    /** It waits for a provider. */
    PROVIDER_HELD,
    /** The provider answers again. */
    PROVIDER_RETURNED,
    /** Somebody had failed documents tried once more. */
    RETRYING,
    /** Somebody let it go on without a document. */
    SKIPPED,
    /** It ended. */
    ENDED;

    /** The word used in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
