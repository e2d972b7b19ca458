package io.hermes.orchestrator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.view.ProgressView;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a connection hears, and what it does not when it is slow. */
class ListenerTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Listener listener;

    @Test
    void aSlowListenerKeepsTheNewestOnly() {
        AssertSubscriber<Notice> slow = listen(1, Duration.ZERO);
        listener.begin(progress(1, "running"), false);
        listener.look(progress(2, "running"));
        listener.look(progress(3, "running"));
        listener.look(progress(4, "running"));

        slow.request(10);

        assertThat(slow.getItems()).extracting(ListenerTest::sequence).containsExactly(1L, 4L);
    }

    @Test
    void aChangeOfStatusThatWasNotTakenIsToldWithTheNext() {
        AssertSubscriber<Notice> slow = listen(1, Duration.ZERO);
        listener.begin(progress(1, "running"), false);
        listener.look(progress(2, "paused"));
        listener.look(progress(3, "paused"));

        slow.request(10);

        assertThat(slow.getItems()).extracting(ListenerTest::kind).containsExactly("progress", "status");
    }

    @Test
    void theEndIsNeverLost() {
        AssertSubscriber<Notice> slow = listen(1, Duration.ZERO);
        listener.begin(progress(1, "running"), false);
        listener.look(progress(2, "running"));
        listener.look(progress(3, "completed"));
        listener.keepAlive();

        slow.assertNotTerminated();
        slow.request(10);

        slow.assertCompleted();
        assertThat(slow.getItems()).extracting(ListenerTest::kind).containsExactly("progress", "end");
    }

    @Test
    void whatIsTheSameIsNotToldAgain() {
        AssertSubscriber<Notice> quick = listen(Long.MAX_VALUE, Duration.ZERO);
        listener.begin(progress(1, "running"), false);
        listener.look(progress(1, "running"));
        listener.look(progress(1, "running"));

        assertThat(quick.getItems()).hasSize(1);
    }

    @Test
    void changesThatComeTooSoonAreToldLater() {
        AssertSubscriber<Notice> quick = listen(Long.MAX_VALUE, Duration.ofHours(1));
        listener.begin(progress(1, "running"), false);
        listener.look(progress(2, "running"));
        assertThat(quick.getItems()).hasSize(1);

        listener.look(progress(3, "completed"));

        assertThat(quick.getItems()).extracting(ListenerTest::sequence).containsExactly(1L, 3L);
    }

    @Test
    void whoKnowsTheStateGetsASignOfLifeInstead() {
        AssertSubscriber<Notice> back = listen(Long.MAX_VALUE, Duration.ZERO);
        listener.begin(progress(7, "running"), true);
        listener.look(progress(7, "running"));

        assertThat(back.getItems()).containsExactly(new Notice.Silence());
    }

    @Test
    void whatWasSeenBeforeTheListenerCameIsNotTold() {
        AssertSubscriber<Notice> quick = listen(Long.MAX_VALUE, Duration.ZERO);
        listener.begin(progress(5, "running"), false);

        listener.look(progress(4, "running"));

        assertThat(quick.getItems()).extracting(ListenerTest::sequence).containsExactly(5L);
    }

    private AssertSubscriber<Notice> listen(long demand, Duration interval) {
        return Multi.createFrom()
                .<Notice>emitter(
                        emitter -> listener = new Listener(emitter, new Settings(interval, Duration.ofHours(1))),
                        BackPressureStrategy.LATEST)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(demand));
    }

    private static long sequence(Notice notice) {
        return notice instanceof Notice.Told told ? told.progress().sequence() : -1;
    }

    private static String kind(Notice notice) {
        return notice instanceof Notice.Told told ? told.kind().word() : "silence";
    }

    private static ProgressView progress(long sequence, String status) {
        try {
            return JSON.readValue("""
                    {"jobId": 1, "status": "%s", "phase": "transferring", "sequence": %d,
                     "bytes": {}, "validation": {}, "workers": {}, "topErrors": []}""".formatted(status, sequence), ProgressView.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private record Settings(Duration interval, Duration heartbeat) implements MigrationSettings.Events {

        @Override
        public int maxListeners() {
            return 1;
        }

        @Override
        public int maxListenersPerJob() {
            return 1;
        }
    }
}
