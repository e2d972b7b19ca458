/** What the worker says: outcomes, starts and signs of life, in batches on one topic, and nothing lost once it was accepted. */
package io.hermes.worker.report;
