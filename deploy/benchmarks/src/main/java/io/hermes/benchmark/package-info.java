/** {@code ./mvnw -Pbenchmark}: ours and a peer, in turns, on the same documents and the same servers. */
package io.hermes.benchmark;
