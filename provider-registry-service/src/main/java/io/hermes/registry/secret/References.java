package io.hermes.registry.secret;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Follows references, within the bounds that the operator has set. Fails with {@link Unreachable}. */
@ApplicationScoped
class References {

    private static final int LONGEST_FILE = 64 * 1024;

    private final SecretSettings settings;
    private final VaultClient vault;
    private final Vertx vertx;

    References(SecretSettings settings, VaultClient vault, Vertx vertx) {
        this.settings = settings;
        this.vault = vault;
        this.vertx = vertx;
    }

    /** What is wrong with a reference that needs no look at what it leads to. */
    Optional<String> problemOf(SecretReference reference) {
        return switch (reference) {
            case SecretReference.Environment variable ->
                variable.name().startsWith(settings.environmentPrefix())
                        ? Optional.empty()
                        : Optional.of("may name only variables that begin with " + settings.environmentPrefix());
            case SecretReference.File file ->
                settings.directory().isPresent()
                        ? Optional.empty()
                        : Optional.of("leads to a file, but hermes.secrets.directory is not set");
            case SecretReference.Vault secret ->
                settings.vault().address().isPresent()
                        ? Optional.empty()
                        : Optional.of("leads to Vault, but hermes.secrets.vault.address is not set");
        };
    }

    /** The secret that a reference leads to. */
    Uni<String> follow(SecretReference reference) {
        Optional<String> problem = problemOf(reference);
        if (problem.isPresent()) {
            return Uni.createFrom().failure(new Unreachable("the reference " + problem.get()));
        }
        return switch (reference) {
            case SecretReference.Environment variable -> Uni.createFrom().item(() -> variable(variable.name()));
            case SecretReference.File file -> fromFile(settings.directory().orElseThrow(), file.name());
            case SecretReference.Vault secret -> vault.read(secret);
        };
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new Unreachable("the variable " + name + " is not set");
        }
        return value;
    }

    private Uni<String> fromFile(Path directory, String name) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(() -> content(directory, name), false)
                        .toCompletionStage());
    }

    /** Kubernetes mounts secrets as links within the folder; one that leads out of it is not followed. */
    private static String content(Path directory, String name) {
        try {
            Path file = directory.resolve(name).toRealPath();
            if (!file.startsWith(directory.toRealPath()) || !Files.isRegularFile(file)) {
                throw new Unreachable("the file " + name + " is not a file of the folder of secrets");
            }
            if (Files.size(file) > LONGEST_FILE) {
                throw new Unreachable("the file " + name + " is longer than 64 KiB");
            }
            return withoutLineEnd(Files.readString(file, StandardCharsets.UTF_8), name);
        } catch (IOException unreadable) {
            throw new Unreachable("the file " + name + " cannot be read");
        }
    }

    private static String withoutLineEnd(String content, String name) {
        String secret = content.replaceFirst("\\r?\\n$", "");
        if (secret.isBlank()) {
            throw new Unreachable("the file " + name + " is empty");
        }
        return secret;
    }

    /** A reference leads nowhere, at least now. The message may be shown. */
    static final class Unreachable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message, null, false, false);
        }
    }
}
