/**
 * Tasks on their way to the broker. A row that exists is unsent: it is written in the transaction that queues its item, and deleted
 * in the transaction that saw the broker's acknowledgement.
 */
package io.hermes.orchestrator.outbox;
