/**
 * Turns the workers' events into the state of items, jobs, workers and providers: one transaction for up to 500 events, decided in
 * plain Java, written with a few statements. Any event may come any number of times and in any order.
 */
package io.hermes.orchestrator.project;
