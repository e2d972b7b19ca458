package io.hermes.contract.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One thing that happened to one task, or a worker's sign of life. The projector accepts every event any number of times and in
 * any order: the epoch in the reference and the item's state decide whether it changes anything.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Started.class, name = "started"),
    @JsonSubTypes.Type(value = Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = Compared.class, name = "compared"),
    @JsonSubTypes.Type(value = Skipped.class, name = "skipped"),
    @JsonSubTypes.Type(value = Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Deferred.class, name = "deferred"),
    @JsonSubTypes.Type(value = Released.class, name = "released")
})
public sealed interface MigrationEvent permits Heartbeat, TaskEvent {}
