/**
 * Watching a job live. Everything is read from the database, so that any replica can serve any listener and a listener that comes back
 * loses nothing: each job that is watched is looked at by one poll a replica, however many listen, and by none when nobody does.
 */
package io.hermes.orchestrator.watch;
