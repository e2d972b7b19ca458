/** A store in this process's memory: for tests, and as the shortest complete reading of the port. */
package io.hermes.storage.memory;
