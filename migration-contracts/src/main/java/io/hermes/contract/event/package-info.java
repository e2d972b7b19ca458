/** What the workers report: batches of events on the topic {@code hermes.migration-events}, keyed by worker id. */
package io.hermes.contract.event;
