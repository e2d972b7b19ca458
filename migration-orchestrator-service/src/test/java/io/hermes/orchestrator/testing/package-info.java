/** What the tests of the engine share: a database, a source in memory, and a worker that answers without stores. */
package io.hermes.orchestrator.testing;
