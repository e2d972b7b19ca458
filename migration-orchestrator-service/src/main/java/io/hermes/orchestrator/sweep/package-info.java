/**
 * Finds what fell silent: lapsed leases, lost tasks, workers that are gone, jobs that should have ended. Acts only on what nobody
 * can still be about to report, so that an outage of our own expires nothing.
 */
package io.hermes.orchestrator.sweep;
