package io.hermes.orchestrator.project;

import io.hermes.contract.event.MigrationEvent;

/**
 * One event and who reported it.
 *
 * @param worker the sender's id
 */
record Report(String worker, MigrationEvent event) {}
