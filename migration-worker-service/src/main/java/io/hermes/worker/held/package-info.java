/** The tasks in this worker's hands: at most one transfer per item, however often its task is delivered. */
package io.hermes.worker.held;
