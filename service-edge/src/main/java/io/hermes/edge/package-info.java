/** What the three services need at their edges, written once: problems, strict input, tokens, the registry's client, topics. */
package io.hermes.edge;
