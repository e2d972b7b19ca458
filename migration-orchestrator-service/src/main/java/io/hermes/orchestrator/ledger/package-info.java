/** The ledger of a job as a file: written for people and their tools, and read again as the selection of another job. */
package io.hermes.orchestrator.ledger;
