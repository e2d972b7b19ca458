/** The programs of a stack: PostgreSQL, Kafka, S3Proxy and the three services; how each is prepared, started and asked whether it is ready. */
package io.hermes.stack.server;
