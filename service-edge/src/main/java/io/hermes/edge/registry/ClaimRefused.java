package io.hermes.edge.registry;

/** The registry does not let a job use a provider: disabled, or a destination that is not writable or full. Asking again does not help. */
public final class ClaimRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    public ClaimRefused(String code, String detail) {
        super(detail);
        this.code = code;
    }

    /** {@code PROVIDER_NOT_WRITABLE}, {@code PROVIDER_QUOTA_EXCEEDED} or {@code PROVIDER_DISABLED}. */
    public String code() {
        return code;
    }
}
