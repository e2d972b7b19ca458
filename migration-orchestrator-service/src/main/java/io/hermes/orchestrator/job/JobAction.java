package io.hermes.orchestrator.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.PendingAction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a user may ask of a job, and of which jobs. The order is that of the buttons. */
public enum JobAction {
    START("started", JobStatus.PENDING),
    CANCEL("cancelled", JobStatus.PENDING, JobStatus.RUNNING, JobStatus.PAUSED);

    private final String participle;
    private final Set<JobStatus> from;

    JobAction(String participle, JobStatus... from) {
        this.participle = participle;
        this.from = Set.of(from);
    }

    /** What makes sense now. A job that is already on its way out takes no further orders. */
    public static List<JobAction> allowed(JobStatus status, Optional<PendingAction> pending) {
        boolean leaving =
                pending.filter(action -> action != PendingAction.PAUSE).isPresent();
        return leaving
                ? List.of()
                : Arrays.stream(values())
                        .filter(action -> action.from.contains(status))
                        .toList();
    }

    /** The word used in JSON and as the last part of the action's path. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rule in words: {@code only a pending, running or paused job can be cancelled}. */
    public String rule() {
        String words = Arrays.stream(JobStatus.values())
                .filter(from::contains)
                .map(JobStatus::word)
                .collect(Collectors.joining(", "))
                .replaceFirst(", (?=[a-z]+$)", " or ");
        return "only a " + words + " job can be " + participle;
    }
}
