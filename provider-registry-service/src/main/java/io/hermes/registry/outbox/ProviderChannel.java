package io.hermes.registry.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.provider.ProviderChanged;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends changes to {@code hermes.provider-events}. */
@ApplicationScoped
class ProviderChannel {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The relay bounds what is in the buffer: one batch. */
    private final MutinyEmitter<Record<String, byte[]>> emitter;

    private final ObjectMapper json;

    ProviderChannel(
            @Channel("provider-events-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<Record<String, byte[]>> emitter,
            ObjectMapper json) {
        this.emitter = emitter;
        this.json = json;
    }

    /** Sends one change and waits for the acknowledgement, ten seconds at most; fails without it, and may have been heard all the same. */
    Uni<Void> send(OutboxRow row) {
        byte[] value = row.deleted() ? null : bytes(row.event());
        return emitter.send(Record.of(row.event().providerUuid().toString(), value))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private byte[] bytes(ProviderChanged event) {
        try {
            return json.writeValueAsBytes(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record of texts and numbers can always be written", impossible);
        }
    }
}
