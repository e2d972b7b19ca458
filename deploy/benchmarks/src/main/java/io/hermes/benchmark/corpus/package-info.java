/** Documents to be moved, from a seed. */
package io.hermes.benchmark.corpus;
