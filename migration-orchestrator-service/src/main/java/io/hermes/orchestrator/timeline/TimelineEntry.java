package io.hermes.orchestrator.timeline;

import io.vertx.core.json.JsonObject;
import jakarta.annotation.Nullable;
import java.util.Locale;

/**
 * One thing that happened.
 *
 * @param actor who did it, {@code null} if the suite did
 * @param sentence for people; may be worded differently in another version
 * @param fields what the sentence says, for programs
 */
public record TimelineEntry(TimelineKind kind, @Nullable String actor, String sentence, JsonObject fields) {

    /** How many documents ended how. */
    public record Tally(long migrated, long failed, long skipped, long total) {
        private String sentence() {
            return "%s migrated, %s failed and %s skipped of %s"
                    .formatted(count(migrated), count(failed), count(skipped), documents(total));
        }
    }

    /** The job exists. */
    public static TimelineEntry created(String actor, String strategy, String source, String destination) {
        return new TimelineEntry(
                TimelineKind.CREATED,
                actor,
                "%s created the job: %s from %s to %s.".formatted(actor, strategy, source, destination),
                new JsonObject()
                        .put("strategy", strategy)
                        .put("sourceProvider", source)
                        .put("destProvider", destination));
    }

    /** What it is about has come as a file. */
    public static TimelineEntry listed(String actor, long documents) {
        return new TimelineEntry(
                TimelineKind.LISTED,
                actor,
                "%s gave the job a list of %s.".formatted(actor, documents(documents)),
                new JsonObject().put("documents", documents));
    }

    /** It may run. */
    public static TimelineEntry started(String actor) {
        return plain(TimelineKind.STARTED, actor, actor + " started the job.");
    }

    /** Everything that it is about is known. */
    public static TimelineEntry planned(long documents) {
        return new TimelineEntry(
                TimelineKind.PLANNED,
                null,
                documents(documents) + " planned.",
                new JsonObject().put("documents", documents));
    }

    /**
     * Its terms are others.
     *
     * @param changes in words, such as {@code concurrency from 32 to 64}
     * @param values the new ones
     */
    public static TimelineEntry changed(String actor, String changes, JsonObject values) {
        return new TimelineEntry(TimelineKind.CHANGED, actor, actor + " changed " + changes + ".", values);
    }

    /** It is to pause. */
    public static TimelineEntry pausing(String actor, long inFlight) {
        return inFlight(TimelineKind.PAUSING, actor, actor + " paused the job", inFlight);
    }

    /** It is paused. */
    public static TimelineEntry paused() {
        return plain(TimelineKind.PAUSED, null, "The job is paused; nothing of it is in flight.");
    }

    /** It goes on. */
    public static TimelineEntry resumed(String actor) {
        return plain(TimelineKind.RESUMED, actor, actor + " resumed the job.");
    }

    /** It is to end. */
    public static TimelineEntry cancelling(String actor, long inFlight) {
        return inFlight(TimelineKind.CANCELLING, actor, actor + " cancelled the job", inFlight);
    }

    /**
     * It is to end as failed.
     *
     * @param reason a code, a colon and a sentence
     */
    public static TimelineEntry stopping(String reason) {
        int colon = reason.indexOf(": ");
        String code = colon < 0 ? "" : reason.substring(0, colon);
        String why = colon < 0 ? reason : reason.substring(colon + 2);
        String cause = code.equals("MAX_FAILURES") ? "maxFailures" : code;
        return new TimelineEntry(
                TimelineKind.STOPPING,
                null,
                cause.isEmpty() ? "Stopped: " + why : "Stopped by " + cause + ": " + why,
                new JsonObject().put("code", code).put("reason", why));
    }

    /** It waits for this provider, or these. */
    public static TimelineEntry held(String providers, String reason) {
        String trouble = reason.equals("provider_auth") ? " rejects our credentials" : " does not answer as it should";
        return new TimelineEntry(
                TimelineKind.PROVIDER_HELD,
                null,
                providers + trouble + "; the job waits and asks again from time to time.",
                new JsonObject().put("providers", providers).put("reason", reason));
    }

    /** What it waited for is over. */
    public static TimelineEntry returned(String reason) {
        return new TimelineEntry(
                TimelineKind.PROVIDER_RETURNED,
                null,
                "The store answers again; the job goes on.",
                new JsonObject().put("reason", reason));
    }

    /**
     * Failed documents are tried again.
     *
     * @param which in words, such as {@code with TIMEOUT}; may be empty
     */
    public static TimelineEntry retrying(String actor, long documents, String which, JsonObject fields) {
        String those = which.isEmpty() ? "" : " " + which;
        return new TimelineEntry(
                TimelineKind.RETRYING,
                actor,
                "%s had %s%s tried once more.".formatted(actor, documents(documents), those),
                fields.put("documents", documents));
    }

    /** It goes on without this one. */
    public static TimelineEntry skipped(String actor, long itemId) {
        return new TimelineEntry(
                TimelineKind.SKIPPED,
                actor,
                "%s let the job go on without document %d.".formatted(actor, itemId),
                new JsonObject().put("itemId", itemId));
    }

    /** It has ended. */
    public static TimelineEntry ended(String status, String outcome, @Nullable String reason, Tally tally) {
        String why = reason == null ? "" : " " + reason;
        return new TimelineEntry(
                TimelineKind.ENDED,
                null,
                "Ended: %s, outcome %s; %s.%s".formatted(status, outcome, tally.sentence(), why),
                new JsonObject()
                        .put("status", status)
                        .put("outcome", outcome)
                        .put("reason", reason)
                        .put("migrated", tally.migrated())
                        .put("failed", tally.failed())
                        .put("skipped", tally.skipped())
                        .put("total", tally.total()));
    }

    private static TimelineEntry plain(TimelineKind kind, @Nullable String actor, String sentence) {
        return new TimelineEntry(kind, actor, sentence, new JsonObject());
    }

    private static TimelineEntry inFlight(TimelineKind kind, String actor, String what, long inFlight) {
        String then = inFlight == 0 ? "." : ": " + documents(inFlight) + " in flight may end first.";
        return new TimelineEntry(kind, actor, what + then, new JsonObject().put("inFlight", inFlight));
    }

    private static String documents(long count) {
        return count == 1 ? "1 document" : count(count) + " documents";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
