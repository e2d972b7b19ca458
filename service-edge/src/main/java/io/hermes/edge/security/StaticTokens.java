package io.hermes.edge.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Turns a token into an identity. Comparing takes as long for a wrong token as for a right one. */
@ApplicationScoped
class StaticTokens implements IdentityProvider<TokenAuthenticationRequest> {

    private final SecuritySettings settings;

    StaticTokens(SecuritySettings settings) {
        this.settings = settings;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        String token = request.getToken().getToken();
        boolean admin = matches(settings.adminToken(), token);
        boolean service = matches(settings.serviceToken(), token);
        if (admin) {
            return Uni.createFrom().item(identity(Roles.ADMIN, request.getToken(), Set.of(Roles.ADMIN)));
        }
        if (service) {
            return Uni.createFrom().item(identity(Roles.SERVICE, request.getToken(), Set.of(Roles.SERVICE)));
        }
        return Uni.createFrom().failure(new AuthenticationFailedException("unknown token"));
    }

    /** Who everybody is when security is switched off. */
    static SecurityIdentity everybody() {
        return identity("anybody", new TokenCredential("", "none"), Set.of(Roles.ADMIN, Roles.SERVICE));
    }

    private static SecurityIdentity identity(String name, TokenCredential token, Set<String> roles) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addCredential(token)
                .addRoles(roles)
                .build();
    }

    private static boolean matches(Optional<String> expected, String token) {
        return expected.filter(value -> !value.isBlank())
                .map(value -> MessageDigest.isEqual(sha256(value), sha256(token)))
                .orElse(false);
    }

    /** Equal lengths, so that the comparison does not even tell how long the token is. */
    private static byte[] sha256(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
