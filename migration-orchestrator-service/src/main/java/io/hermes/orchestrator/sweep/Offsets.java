package io.hermes.orchestrator.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Offsets of a topic, by partition.
 *
 * @param topicId which incarnation of the topic; another one after it was deleted and created again
 * @param byPartition an offset for each partition; a partition that is missing counts as 0
 */
record Offsets(String topicId, Map<Integer, Long> byPartition) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TOPIC = "topic";

    Offsets {
        byPartition = Map.copyOf(byPartition);
    }

    /** Whether everything below {@code target} has been passed. */
    boolean reached(Offsets target) {
        return target.byPartition.entrySet().stream()
                .allMatch(end -> byPartition.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** The same, and where these are later, these. */
    Offsets orLater(Map<Integer, Long> others) {
        Map<Integer, Long> later = new HashMap<>(byPartition);
        others.forEach((partition, offset) -> later.merge(partition, offset, Math::max));
        return new Offsets(topicId, later);
    }

    /** How much of the topic, whose ends these are, is still to be committed. */
    long beyond(Offsets committed) {
        return byPartition.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - committed.byPartition.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** Whether both speak of the same incarnation of the topic. */
    boolean sameTopic(Offsets other) {
        return topicId.equals(other.topicId);
    }

    /** The form kept in the database. */
    String json() {
        Map<String, String> flat = new TreeMap<>();
        flat.put(TOPIC, topicId);
        byPartition.forEach((partition, offset) -> flat.put(String.valueOf(partition), String.valueOf(offset)));
        try {
            return JSON.writeValueAsString(flat);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of words is plain data", impossible);
        }
    }

    /** Reads what {@link #json} wrote. */
    static Offsets parse(String json) {
        try {
            Map<String, String> flat = JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
            String topic = flat.remove(TOPIC);
            Map<Integer, Long> offsets = new TreeMap<>();
            flat.forEach((partition, offset) -> offsets.put(Integer.valueOf(partition), Long.valueOf(offset)));
            return new Offsets(topic, offsets);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not offsets: " + json, malformed);
        }
    }
}
