/**
 * Everything that crosses a border between two services: Kafka records, the internal REST bodies and the names both sides
 * must agree on. Depends on Jackson annotations and nothing else, so that a reader of one service needs no other's classes.
 */
package io.hermes.contract;
