/**
 * What happened to a job, told in sentences: rows that are written in the transaction of what they tell of, and never changed. Part of the
 * floor: everybody tells, nobody is asked back.
 */
package io.hermes.orchestrator.timeline;
