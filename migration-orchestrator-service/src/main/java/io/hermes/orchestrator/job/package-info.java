/** Jobs as their users know them: creation with claims, definition, listing, and the transitions that a user asks for. */
package io.hermes.orchestrator.job;
