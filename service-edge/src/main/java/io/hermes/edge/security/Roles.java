package io.hermes.edge.security;

/** The roles for {@code @RolesAllowed}. A route without an annotation is denied to everybody. */
public final class Roles {

    /** People and their tools: the public API. */
    public static final String ADMIN = "admin";

    /** The other services of this suite: {@code /internal/*}. */
    public static final String SERVICE = "service";

    private Roles() {}
}
