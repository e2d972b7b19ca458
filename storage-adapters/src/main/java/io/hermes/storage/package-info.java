/**
 * The storage port: everything the suite asks of a document store, and nothing that only one vendor has. Adapters live in the
 * packages beside this one and know neither jobs, nor Kafka, nor SQL.
 */
package io.hermes.storage;
