/** Keeps child processes alive, ends them in order, and lets none outlive the supervisor. Knows nothing of what they are. */
package io.hermes.stack.process;
