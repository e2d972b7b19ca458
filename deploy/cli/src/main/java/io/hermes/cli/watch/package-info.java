/** Follows a job until it has ended. */
package io.hermes.cli.watch;
