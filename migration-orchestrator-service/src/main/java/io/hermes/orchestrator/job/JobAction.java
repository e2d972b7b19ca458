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
    PAUSE("paused", JobStatus.RUNNING),
    RESUME("resumed", JobStatus.PAUSED),
    CANCEL("cancelled", JobStatus.PENDING, JobStatus.RUNNING, JobStatus.PAUSED),
    RETRY("retried", JobStatus.COMPLETED, JobStatus.FAILED),
    CLONE("cloned", JobStatus.values());

    private final String participle;
    private final Set<JobStatus> from;

    JobAction(String participle, JobStatus... from) {
        this.participle = participle;
        this.from = Set.of(from);
    }

    /**
     * What makes sense now. A job that is about to pause may be told to go on, or to end; one that is about to end takes no further
     * orders. Any job can be cloned.
     *
     * @param failed what a retry may better: documents that have failed, and a validation that has
     */
    public static List<JobAction> allowed(JobStatus status, Optional<PendingAction> pending, long failed) {
        return pending.map(JobAction::instead)
                .orElseGet(() -> Arrays.stream(values())
                        .filter(action -> action.possible(status, failed))
                        .toList());
    }

    private static List<JobAction> instead(PendingAction pending) {
        return switch (pending) {
            case PAUSE -> List.of(RESUME, CANCEL, CLONE);
            case CANCEL, FAIL -> List.of(CLONE);
        };
    }

    /** Whether it makes sense for such a job. A job that failed as a whole can be retried even if no document did. */
    boolean possible(JobStatus status, long failed) {
        boolean something = this != RETRY || status == JobStatus.FAILED || failed > 0;
        return from.contains(status) && something;
    }

    /** The word used in JSON and as the last part of the action's path. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Why a job of this status cannot do it, in words: {@code only a pending, running or paused job can be cancelled}.
     */
    public String rule(JobStatus status) {
        if (this == RETRY && status == JobStatus.COMPLETED) {
            return "none of its documents has failed";
        }
        String words = Arrays.stream(JobStatus.values())
                .filter(from::contains)
                .map(JobStatus::word)
                .collect(Collectors.joining(", "))
                .replaceFirst(", (?=[a-z]+$)", " or ");
        return "only a " + words + " job can be " + participle;
    }
}
