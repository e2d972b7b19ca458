package io.hermes.edge.registry;

/** The registry did not answer, or answered with an error of its own. An outage: the same call may succeed later. */
public final class RegistryUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
