/** The words of a job's definition that a task repeats. */
package io.hermes.contract.job;
