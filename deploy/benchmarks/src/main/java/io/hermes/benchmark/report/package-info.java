/** What was measured, for people and for programs. */
package io.hermes.benchmark.report;
