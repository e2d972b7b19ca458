/**
 * The state of a job: its status, its counters, the finish test. Owns every statement on {@code migration_job_progress} and on the
 * state columns of {@code migration_jobs}. Whoever changes an item of a job holds the lock of its progress row, taken here, first.
 */
package io.hermes.orchestrator.state;
