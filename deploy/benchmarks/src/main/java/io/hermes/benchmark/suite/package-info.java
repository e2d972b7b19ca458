/** Ours, through its public API. */
package io.hermes.benchmark.suite;
