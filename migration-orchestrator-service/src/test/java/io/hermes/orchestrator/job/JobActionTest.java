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
                .containsEntry("pending", List.of("start", "cancel"))
                .containsEntry("running", List.of("pause", "cancel"))
                .containsEntry("paused", List.of("resume", "cancel"))
                .containsEntry("completed", List.of("retry"))
                .containsEntry("failed", List.of("retry"))
                .containsEntry("cancelled", List.of());
    }

    @Test
    void jobOnItsWayOutTakesNoOrders() {
        assertThat(JobAction.allowed(JobStatus.RUNNING, Optional.of(PendingAction.CANCEL), 0))
                .isEmpty();
        assertThat(JobAction.allowed(JobStatus.RUNNING, Optional.of(PendingAction.PAUSE), 0))
                .containsExactly(JobAction.RESUME, JobAction.CANCEL);
    }

    @Test
    void aJobWithoutFailuresHasNothingToRetry() {
        assertThat(JobAction.allowed(JobStatus.COMPLETED, Optional.empty(), 0)).isEmpty();
        assertThat(JobAction.allowed(JobStatus.FAILED, Optional.empty(), 0)).containsExactly(JobAction.RETRY);
    }

    @Test
    void ruleIsASentence() {
        assertThat(JobAction.START.rule()).isEqualTo("only a pending job can be started");
        assertThat(JobAction.CANCEL.rule()).isEqualTo("only a pending, running or paused job can be cancelled");
    }
}
