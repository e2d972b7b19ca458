/** A typo in a filter must not silently widen what a request acts on. */
package io.hermes.edge.query;
