/** What every command needs: where the services are, who is asking, where to write, and how a command may end. */
package io.hermes.cli.session;
