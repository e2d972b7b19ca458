/** Names and shapes of the Kafka topics; nobody else writes a topic name. */
package io.hermes.contract.topic;
