package io.hermes.orchestrator.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One thing that happened to a job.
 *
 * @param id numbers grow in the order in which things happened
 * @param kind what it is about, for programs: {@code created}, {@code planned}, {@code ended}, …; more may come
 * @param actor who did it, {@code null} if the suite did
 * @param sentence for people; programs look at {@code kind} and {@code fields}
 * @param fields what the sentence says, by kind
 */
public record TimelineView(long id, Instant at, String kind, String actor, String sentence, JsonNode fields) {}
