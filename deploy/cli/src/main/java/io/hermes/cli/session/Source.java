package io.hermes.cli.session;

import java.util.Optional;

/** Something that may know where the services are. It is asked only if nothing before it knew. */
interface Source {

    Optional<String> registryUrl() throws CommandFailure;

    Optional<String> orchestratorUrl() throws CommandFailure;

    Optional<String> token() throws CommandFailure;
}
