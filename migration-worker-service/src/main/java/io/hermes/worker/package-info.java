/** Executes tasks in a bounded number of slots. Stateless: what it knows is in the task, the stores and the events it sends. */
package io.hermes.worker;
