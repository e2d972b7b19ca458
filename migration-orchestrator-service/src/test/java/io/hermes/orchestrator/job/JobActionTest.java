package io.hermes.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.PendingAction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobActionTest {

    @Test
    void tableOfActions() {
        assertThat(Arrays.stream(JobStatus.values())
                        .collect(Collectors.toMap(
                                JobStatus::word,
                                status -> JobAction.allowed(status, Optional.empty(), 1).stream()
                                        .map(JobAction::word)
                                        .toList())))
                .containsEntry("pending", List.of("start", "cancel", "clone"))
                .containsEntry("running", List.of("pause", "cancel", "clone"))
                .containsEntry("paused", List.of("resume", "cancel", "clone"))
                .containsEntry("completed", List.of("retry", "clone"))
                .containsEntry("failed", List.of("retry", "clone"))
                .containsEntry("cancelled", List.of("clone"));
    }

    @Test
    void jobOnItsWayOutTakesNoOrders() {
        assertThat(JobAction.allowed(JobStatus.RUNNING, Optional.of(PendingAction.CANCEL), 0))
                .containsExactly(JobAction.CLONE);
        assertThat(JobAction.allowed(JobStatus.RUNNING, Optional.of(PendingAction.PAUSE), 0))
                .containsExactly(JobAction.RESUME, JobAction.CANCEL, JobAction.CLONE);
    }

    @Test
    void aJobWithoutFailuresHasNothingToRetry() {
        assertThat(JobAction.allowed(JobStatus.COMPLETED, Optional.empty(), 0)).containsExactly(JobAction.CLONE);
        assertThat(JobAction.allowed(JobStatus.FAILED, Optional.empty(), 0))
                .containsExactly(JobAction.RETRY, JobAction.CLONE);
    }

    @Test
    void ruleIsASentence() {
        assertThat(JobAction.START.rule(JobStatus.PAUSED)).isEqualTo("only a pending job can be started");
        assertThat(JobAction.CANCEL.rule(JobStatus.FAILED))
                .isEqualTo("only a pending, running or paused job can be cancelled");
    }
}
