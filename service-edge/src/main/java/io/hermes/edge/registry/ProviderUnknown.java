package io.hermes.edge.registry;

/** The registry has no provider of this id, UUID or name. */
public final class ProviderUnknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String ref;

    public ProviderUnknown(String ref) {
        super("the registry knows no provider '" + ref + "'");
        this.ref = ref;
    }

    /** What was asked for. */
    public String ref() {
        return ref;
    }
}
