package io.hermes.orchestrator.sweep;

import io.hermes.contract.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Map;

/** Topics that reach as far as the test says, and groups that have committed as much. */
@Alternative
@Singleton
public class ScriptedBrokerOffsets extends BrokerOffsets {

    private static final Offsets AN_EVENT = new Offsets("events", Map.of(0, 1L));
    private static final Offsets NO_EVENT = new Offsets("events", Map.of(0, 0L));

    private volatile TaskTopic tasks = new TaskTopic(NO_EVENT, NO_EVENT);
    private volatile boolean projected = true;

    ScriptedBrokerOffsets(@Identifier("default-kafka-broker") Map<String, Object> clientSettings, Vertx vertx) {
        super(clientSettings, vertx);
    }

    /** @param all whether the projector has committed every event that there is */
    void script(TaskTopic topic, boolean all) {
        tasks = topic;
        projected = all;
    }

    @Override
    Uni<Offsets> ends(Topic topic) {
        return Uni.createFrom().item(topic.equals(Topic.TASKS) ? tasks.ends() : AN_EVENT);
    }

    @Override
    Uni<Offsets> passed(String group, Topic topic) {
        Offsets events = projected ? AN_EVENT : NO_EVENT;
        return Uni.createFrom().item(topic.equals(Topic.TASKS) ? tasks.committed() : events);
    }
}
