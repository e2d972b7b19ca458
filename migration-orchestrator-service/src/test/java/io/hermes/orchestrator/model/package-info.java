/**
 * What jobs and documents should do, written from the specification and not from the code, and random sequences of commands under which the
 * code is compared with it (ADR 0018).
 */
package io.hermes.orchestrator.model;
