/** What runs inside a child process, so that it ends with its supervisor. */
package io.hermes.stack.guard;
