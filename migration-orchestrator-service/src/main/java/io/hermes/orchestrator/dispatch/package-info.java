/** Puts ready items into the outbox, as many as the job's window has room for, and takes unsent ones back. */
package io.hermes.orchestrator.dispatch;
