package io.hermes.orchestrator.model;

import io.hermes.orchestrator.model.Command.Answer;

/**
 * An event on its way from a worker.
 *
 * @param document its number
 * @param dispatch the epoch it is about
 */
public record Told(int worker, Answer answer, int document, int dispatch) {}
