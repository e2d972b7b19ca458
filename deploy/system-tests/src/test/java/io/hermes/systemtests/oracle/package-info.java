/**
 * The independent verifier: knows what the documents were before anything touched them, reads both stores and the database raw, and
 * judges (invariants I1 to I16) while a job runs and when it is over. Shares no code with the services it judges.
 */
package io.hermes.systemtests.oracle;
