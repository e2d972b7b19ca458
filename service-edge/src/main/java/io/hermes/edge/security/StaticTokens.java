package io.hermes.edge.security;

import io.quarkus.runtime.StartupEvent;
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
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a token into an identity. Comparing takes as long for a wrong token as for a right one. */
@ApplicationScoped
class StaticTokens implements IdentityProvider<TokenAuthenticationRequest> {

    private final List<Holder> holders;

    StaticTokens(SecuritySettings settings) {
        this.holders = holders(settings);
    }

    /** Who has a token. The hashes are of one length, so that comparing does not even tell how long a token is. */
    private record Holder(String name, byte[] hash, Role role) {

        boolean has(byte[] other) {
            return MessageDigest.isEqual(hash, other);
        }
    }

    /** A token that two have says neither who it was nor what they may do, so the service does not start with it. */
    void check(@Observes StartupEvent started) {
        Map<String, List<String>> names = holders.stream()
                .collect(Collectors.groupingBy(
                        holder -> HexFormat.of().formatHex(holder.hash()),
                        TreeMap::new,
                        Collectors.mapping(Holder::name, Collectors.toList())));
        names.values().stream()
                .filter(sharing -> sharing.size() > 1)
                .findFirst()
                .ifPresent(sharing -> {
                    throw new IllegalStateException(
                            "The tokens of " + String.join(" and ", sharing)
                                    + " are the same; give each its own (hermes.security.*-token, hermes.security.users.*.token)");
                });
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        byte[] hash = sha256(request.getToken().getToken());
        List<Holder> found = holders.stream().filter(holder -> holder.has(hash)).toList();
        return found.isEmpty()
                ? Uni.createFrom().failure(new AuthenticationFailedException("unknown token"))
                : Uni.createFrom()
                        .item(identity(
                                found.get(0).name(),
                                request.getToken(),
                                found.get(0).role().granted()));
    }

    /** Who everybody is when security is switched off. */
    static SecurityIdentity everybody() {
        Set<String> all = Stream.of(Role.values())
                .flatMap(role -> role.granted().stream())
                .collect(Collectors.toUnmodifiableSet());
        return identity("anybody", new TokenCredential("", "none"), all);
    }

    private static List<Holder> holders(SecuritySettings settings) {
        List<Holder> holders = new ArrayList<>();
        add(holders, Roles.VIEWER, settings.viewerToken(), Role.VIEWER);
        add(holders, Roles.OPERATOR, settings.operatorToken(), Role.OPERATOR);
        add(holders, Roles.ADMIN, settings.adminToken(), Role.ADMIN);
        add(holders, Roles.SERVICE, settings.serviceToken(), Role.SERVICE);
        settings.users().forEach((name, user) -> add(holders, name, Optional.of(user.token()), user.role()));
        return List.copyOf(holders);
    }

    private static void add(List<Holder> holders, String name, Optional<String> token, Role role) {
        token.filter(value -> !value.isBlank()).ifPresent(value -> holders.add(new Holder(name, sha256(value), role)));
    }

    private static SecurityIdentity identity(String name, TokenCredential token, Set<String> roles) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addCredential(token)
                .addRoles(roles)
                .build();
    }

    private static byte[] sha256(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
