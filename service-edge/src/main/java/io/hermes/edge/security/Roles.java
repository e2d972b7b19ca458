package io.hermes.edge.security;

/**
 * The roles for {@code @RolesAllowed}: a route names the smallest one that suffices. A route without an annotation is denied to
 * everybody.
 */
public final class Roles {

    /** Looks at everything but secrets and the audit. */
    public static final String VIEWER = "viewer";

    /** And runs jobs. */
    public static final String OPERATOR = "operator";

    /** And says which stores there are, with what secrets, and sees who did what. */
    public static final String ADMIN = "admin";

    /** The other services of this suite: {@code /internal/*}, and nothing else. */
    public static final String SERVICE = "service";

    private Roles() {}
}
