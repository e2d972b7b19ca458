/** {@code hermes job}: migrations, their documents and their ledger. */
package io.hermes.cli.job;
