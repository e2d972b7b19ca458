/** Tells the other services which providers have changed: an outbox that is written with each change, and a relay that empties it. */
package io.hermes.registry.outbox;
