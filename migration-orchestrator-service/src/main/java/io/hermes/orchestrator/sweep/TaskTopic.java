package io.hermes.orchestrator.sweep;

/**
 * The task topic as a sweep saw it at its beginning.
 *
 * @param ends how far it reaches
 * @param committed how far the workers have committed it
 */
record TaskTopic(Offsets ends, Offsets committed) {}
