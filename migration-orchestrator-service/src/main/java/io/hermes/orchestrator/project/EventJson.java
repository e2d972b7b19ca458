package io.hermes.orchestrator.project;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hermes.contract.event.EventBatch;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.TaskEvent;
import jakarta.annotation.Nullable;
import java.io.IOException;
import java.util.List;

/**
 * Reads the records of the workers. A field that we do not know is ignored (a newer worker of the same version may add one); a
 * version or a kind of event that we do not know is not.
 */
final class EventJson {

    private static final ObjectReader JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(EventBatch.class);

    private EventJson() {}

    /** What a record holds. */
    sealed interface Parsed {

        /** Reports, in their order. */
        record Reports(List<Report> reports) implements Parsed {}

        /** Nothing that we understand. */
        record Garbage(String why) implements Parsed {}
    }

    static Parsed parse(@Nullable byte[] value) {
        if (value == null) {
            return new Parsed.Garbage("the record has no value");
        }
        try {
            return checked(JSON.readValue(value));
        } catch (JacksonException malformed) {
            return new Parsed.Garbage(malformed.getOriginalMessage());
        } catch (IOException | RuntimeException malformed) {
            return new Parsed.Garbage(malformed.getClass().getSimpleName());
        }
    }

    private static Parsed checked(@Nullable EventBatch batch) {
        if (batch == null || batch.version() != EventBatch.VERSION) {
            return new Parsed.Garbage("not version " + EventBatch.VERSION + " of an event batch");
        }
        if (batch.workerId() == null || !batch.events().stream().allMatch(EventJson::isComplete)) {
            return new Parsed.Garbage("an event without worker or reference");
        }
        return new Parsed.Reports(batch.events().stream()
                .map(event -> new Report(batch.workerId(), event))
                .toList());
    }

    private static boolean isComplete(MigrationEvent event) {
        return switch (event) {
            case Heartbeat heartbeat -> heartbeat.tasks().stream().allMatch(task -> task.ref() != null);
            case TaskEvent task -> task.ref() != null && isComplete(task);
        };
    }

    private static boolean isComplete(TaskEvent event) {
        return switch (event) {
            case io.hermes.contract.event.Started started -> true;
            case io.hermes.contract.event.Released released -> true;
            case io.hermes.contract.event.Succeeded succeeded -> succeeded.destKey() != null;
            case io.hermes.contract.event.Compared compared ->
                compared.destKey() != null && compared.sourceHash() != null;
            case io.hermes.contract.event.Skipped skipped -> skipped.reason() != null;
            case io.hermes.contract.event.Failed failed -> failed.code() != null;
            case io.hermes.contract.event.Deferred deferred ->
                deferred.code() != null && deferred.reason() != null && deferred.providerUuid() != null;
        };
    }
}
