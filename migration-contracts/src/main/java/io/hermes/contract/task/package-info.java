/** What the orchestrator asks of the workers: one record a task, on the topic {@code hermes.migration-tasks}. */
package io.hermes.contract.task;
