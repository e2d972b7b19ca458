/** What the worker's tests share: a real broker's topics seen from the orchestrator's side, and real stores. */
package io.hermes.worker.testing;
