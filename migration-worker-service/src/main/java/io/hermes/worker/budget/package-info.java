/** Bytes of documents in memory: one budget for the whole worker, whatever the sizes. */
package io.hermes.worker.budget;
