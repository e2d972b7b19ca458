/** Every error of every service is an RFC 9457 problem with a stable {@code code}. */
package io.hermes.edge.problem;
