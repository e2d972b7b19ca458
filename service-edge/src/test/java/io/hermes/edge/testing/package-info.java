/** Real servers for the tests of the services: PostgreSQL, Kafka, and a stand-in for the registry's internal routes. */
package io.hermes.edge.testing;
