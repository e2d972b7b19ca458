/** {@code hermes provider}: which stores there are. */
package io.hermes.cli.provider;
