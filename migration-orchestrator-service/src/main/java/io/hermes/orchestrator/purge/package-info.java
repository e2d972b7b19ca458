/** Removes what is kept about jobs that ended long ago. */
package io.hermes.orchestrator.purge;
