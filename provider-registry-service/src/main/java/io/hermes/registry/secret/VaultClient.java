package io.hermes.registry.secret;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.registry.secret.References.Unreachable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Secrets of Vault. The token is read at each request, since Vault's agent renews it in its file. */
@ApplicationScoped
class VaultClient {

    private final VaultRoutes routes;
    private final SecretSettings.Vault settings;
    private final Vertx vertx;

    VaultClient(@RestClient VaultRoutes routes, SecretSettings settings, Vertx vertx) {
        this.routes = routes;
        this.settings = settings.vault();
        this.vertx = vertx;
    }

    /** The secret's field as it is in its newest version. Fails {@link Unreachable} without repeating what Vault said. */
    Uni<String> read(SecretReference.Vault secret) {
        return token().chain(
                        token -> routes.read(token, settings.namespace().orElse(null), secret.mount(), secret.path()))
                .ifNoItem()
                .after(settings.timeout())
                .fail()
                .map(answer -> field(answer, secret.field()))
                .onFailure(failure -> !(failure instanceof Unreachable))
                .transform(VaultClient::reason);
    }

    private Uni<String> token() {
        Path file =
                settings.tokenFile().orElseThrow(() -> new Unreachable("hermes.secrets.vault.token-file is not set"));
        return Uni.createFrom()
                .completionStage(
                        () -> vertx.executeBlocking(() -> content(file), false).toCompletionStage());
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new Unreachable("the file with Vault's token cannot be read");
        }
    }

    private static String field(JsonNode answer, String name) {
        JsonNode value = answer.path("data").path("data").path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new Unreachable("the secret in Vault has no field '" + name + "' with a text");
        }
        return value.textValue();
    }

    private static Unreachable reason(Throwable failure) {
        return new Unreachable(
                failure instanceof WebApplicationException refused
                        ? "Vault answered " + refused.getResponse().getStatus()
                        : "Vault does not answer");
    }
}
