/** What a run costs the machine. */
package io.hermes.benchmark.measure;
