package io.hermes.orchestrator.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.edge.problem.Violation;
import io.hermes.edge.version.VersionTag;
import io.hermes.orchestrator.dispatch.Dispatcher;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.FailureLimit;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Changes what may change of a job's definition, whatever its status: how much of it runs at once, how many failures it bears, and its
 * labels. A running job is measured by the new terms from the next dispatch on; what the workers have been given keeps the old ones.
 */
@ApplicationScoped
public class JobChanges {

    private static final Set<String> CHANGEABLE = Set.of("concurrency", "dispatchWindow", "maxFailures", "labels");

    private static final String PRESENT =
            "SELECT version, labels, concurrency, dispatch_window, max_failures FROM migration_jobs WHERE id = $1";

    private static final String CHANGE = """
            UPDATE migration_jobs SET concurrency = $2, dispatch_window = $3, max_failures = $4, labels = $5, version = version + 1,
                   updated_at = now()
             WHERE id = $1
            """;

    private final Transitions transitions;
    private final MergePatch patches;
    private final Accounts accounts;
    private final Dispatcher dispatcher;

    JobChanges(Transitions transitions, MergePatch patches, Accounts accounts, Dispatcher dispatcher) {
        this.transitions = transitions;
        this.patches = patches;
        this.accounts = accounts;
        this.dispatcher = dispatcher;
    }

    /**
     * Applies a merge patch; one that changes nothing leaves the version as it is.
     *
     * @param version the one that the caller has seen; empty overwrites whatever is there
     * @return fails with 412 {@code PRECONDITION_FAILED} if the job has another version by now, 400 for a field that cannot change
     */
    public Uni<Void> patch(JobDefinition job, ObjectNode patch, Optional<Long> version, String actor) {
        requireChangeable(patch);
        return transitions
                .locked(job.id(), (tx, locked) -> change(tx, locked, patch, version, actor))
                .invoke(() -> dispatcher.signal(List.of(job.id())))
                .replaceWithVoid();
    }

    private static void requireChangeable(ObjectNode patch) {
        List<Violation> fixed = patch.propertyStream()
                .map(Map.Entry::getKey)
                .filter(field -> !CHANGEABLE.contains(field))
                .map(
                        field -> Violation.body(
                                field,
                                "cannot change; of a job one can change concurrency, dispatchWindow, maxFailures and labels. Clone it for the rest"))
                .toList();
        if (!fixed.isEmpty()) {
            throw Violation.problem(fixed);
        }
    }

    private Uni<Transition> change(
            SqlConnection tx, LockedJob locked, ObjectNode patch, Optional<Long> version, String actor) {
        return tx.preparedQuery(PRESENT).execute(Tuple.of(locked.id())).chain(rows -> {
            Row row = rows.iterator().next();
            version.filter(seen -> seen != row.getLong("version").longValue()).ifPresent(seen -> {
                throw VersionTag.changedMeanwhile("job", row.getLong("version"));
            });
            JobTuning before = tuning(row);
            JobTuning after = patches.apply(before, patch, JobTuning.class);
            return after.equals(before)
                    ? Transitions.alreadyThere()
                    : transitions
                            .tell(tx, locked, told(before, after, actor))
                            .chain(() -> write(tx, locked, after))
                            .replaceWith(Transition.Done::new);
        });
    }

    private static TimelineEntry told(JobTuning before, JobTuning after, String actor) {
        JsonObject values = new JsonObject();
        List<String> changes = new ArrayList<>();
        note(changes, values, "concurrency", before.concurrency(), after.concurrency());
        note(changes, values, "dispatchWindow", before.dispatchWindow(), after.dispatchWindow());
        note(changes, values, "maxFailures", text(before.maxFailures()), text(after.maxFailures()));
        note(changes, values, "labels", before.labels(), after.labels());
        return TimelineEntry.changed(actor, String.join(", ", changes), values);
    }

    private static void note(List<String> changes, JsonObject values, String field, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changes.add("%s from %s to %s".formatted(field, before, after));
            values.put(field, after);
        }
    }

    private static String text(FailureLimit limit) {
        return limit == null ? null : limit.text();
    }

    /** A lower limit of failures may be exceeded already, so the finish test is run by the terms as they are now. */
    private Uni<Void> write(SqlConnection tx, LockedJob job, JobTuning tuning) {
        return tx.preparedQuery(CHANGE)
                .execute(tuple(job.id(), tuning))
                .chain(() -> transitions.again(tx, job.id()))
                .chain(now -> accounts.book(tx, now, CounterChange.NONE));
    }

    /** As it stands under the lock; the definition that the caller has read may be older. */
    private static JobTuning tuning(Row row) {
        Map<String, String> labels = new HashMap<>();
        row.getJsonObject("labels").forEach(label -> labels.put(label.getKey(), (String) label.getValue()));
        String maxFailures = row.getString("max_failures");
        return new JobTuning(
                row.getInteger("concurrency"),
                row.getInteger("dispatch_window"),
                maxFailures == null ? null : FailureLimit.of(maxFailures),
                labels);
    }

    private static Tuple tuple(long job, JobTuning tuning) {
        return Tuple.of(
                job,
                tuning.concurrency(),
                tuning.dispatchWindow(),
                text(tuning.maxFailures()),
                new JsonObject(new HashMap<>(tuning.labels())));
    }
}
