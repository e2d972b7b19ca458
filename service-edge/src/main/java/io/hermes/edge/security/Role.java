package io.hermes.edge.security;

import java.util.Set;

/** What a token gives. */
enum Role {
    VIEWER(Set.of(Roles.VIEWER)),
    OPERATOR(Set.of(Roles.VIEWER, Roles.OPERATOR)),
    ADMIN(Set.of(Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN)),
    SERVICE(Set.of(Roles.SERVICE));

    private final Set<String> granted;

    Role(Set<String> granted) {
        this.granted = granted;
    }

    /** Everything that a route may ask of somebody who has this role. */
    Set<String> granted() {
        return granted;
    }
}
