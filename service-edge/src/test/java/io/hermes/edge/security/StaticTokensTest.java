package io.hermes.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens as an operator gives them: by environment variables. */
class StaticTokensTest {

    private static StaticTokens tokens(Map<String, String> environment) {
        return new StaticTokens(new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(SecuritySettings.class)
                .build()
                .getConfigMapping(SecuritySettings.class));
    }

    private static SecurityIdentity identity(StaticTokens tokens, String token) {
        return tokens.authenticate(new TokenAuthenticationRequest(new TokenCredential(token, "bearer")), null)
                .await()
                .indefinitely();
    }

    @Test
    void aUserActsUnderTheirOwnName() {
        StaticTokens tokens = tokens(Map.of(
                "HERMES_SECURITY_ADMIN_TOKEN", "one",
                "HERMES_SECURITY_USERS_ADA_TOKEN", "two",
                "HERMES_SECURITY_USERS_ADA_ROLE", "operator"));

        SecurityIdentity ada = identity(tokens, "two");

        assertThat(ada.getPrincipal().getName()).isEqualTo("ada");
        assertThat(ada.getRoles()).containsExactlyInAnyOrder(Roles.VIEWER, Roles.OPERATOR);
        assertThat(identity(tokens, "one").getPrincipal().getName()).isEqualTo(Roles.ADMIN);
    }

    @Test
    void aGreaterRoleHoldsTheSmallerOnesAndAServiceHoldsNone() {
        StaticTokens tokens = tokens(Map.of(
                "HERMES_SECURITY_VIEWER_TOKEN", "v",
                "HERMES_SECURITY_OPERATOR_TOKEN", "o",
                "HERMES_SECURITY_ADMIN_TOKEN", "a",
                "HERMES_SECURITY_SERVICE_TOKEN", "s"));

        assertThat(identity(tokens, "v").getRoles()).containsExactly(Roles.VIEWER);
        assertThat(identity(tokens, "o").getRoles()).containsExactlyInAnyOrder(Roles.VIEWER, Roles.OPERATOR);
        assertThat(identity(tokens, "a").getRoles())
                .containsExactlyInAnyOrder(Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN);
        assertThat(identity(tokens, "s").getRoles()).containsExactly(Roles.SERVICE);
    }

    @Test
    void anEmptyTokenIsNobodys() {
        StaticTokens tokens = tokens(Map.of("HERMES_SECURITY_ADMIN_TOKEN", "", "HERMES_SECURITY_VIEWER_TOKEN", " "));

        assertThatThrownBy(() -> identity(tokens, "")).isInstanceOf(AuthenticationFailedException.class);
        assertThatThrownBy(() -> identity(tokens, " ")).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void aTokenThatTwoHaveKeepsTheServiceFromStarting() {
        StaticTokens shared =
                tokens(Map.of("HERMES_SECURITY_ADMIN_TOKEN", "same", "HERMES_SECURITY_SERVICE_TOKEN", "same"));
        StaticTokens own = tokens(Map.of("HERMES_SECURITY_ADMIN_TOKEN", "one", "HERMES_SECURITY_SERVICE_TOKEN", "two"));

        assertThatThrownBy(() -> shared.check(new StartupEvent()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("admin and service");
        assertThatCode(() -> own.check(new StartupEvent())).doesNotThrowAnyException();
    }
}
