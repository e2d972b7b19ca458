/** The command {@code hermes}: what it consists of, and how it speaks to people. */
package io.hermes.cli;
