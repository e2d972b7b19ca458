/** From record to acknowledgement: parsing, dead letters, the waiting room before the slots, and one end for every task. */
package io.hermes.worker.task;
