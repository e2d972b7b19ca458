/** The orchestrator: jobs, their items, the outbox, and everything that drives them to an end (ARCHITECTURE §2). */
package io.hermes.orchestrator;
