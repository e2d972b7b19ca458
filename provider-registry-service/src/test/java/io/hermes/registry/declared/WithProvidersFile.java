package io.hermes.registry.declared;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.registry.RegistryDatabase;
import io.hermes.registry.provider.DeclaredProviders;
import io.hermes.registry.provider.Prune;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Writes files of providers, and has registries look at them when it wants them to. */
abstract class WithProvidersFile {

    static final String PROVIDERS = "/api/v2/providers/";
    static final String CANARY = "canary-of-the-file-51c9";

    @Inject
    DeclaredProviders providers;

    @Inject
    ObjectMapper json;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "hermes.providers.file")
    Path mounted;

    @TempDir
    Path folder;

    final String name = "declared-" + UUID.randomUUID();
    final String other = "other-" + UUID.randomUUID();

    record Settings(Optional<Path> file, Prune prune, boolean dryRun) implements FileSettings {

        @Override
        public Duration recheck() {
            return Duration.ofSeconds(10);
        }
    }

    @AfterEach
    void nothingDeclaredIsLeft() throws IOException {
        Files.deleteIfExists(mounted);
        RegistryDatabase.run("DELETE FROM provider_storage WHERE managed_by = 'config' OR provider_name IN ('" + name
                + "', '" + other + "')");
        leaseEnds("NULL");
    }

    static void leaseEnds(String when) {
        RegistryDatabase.run("UPDATE provider_file SET lease_until = " + when);
    }

    static long recorded(String action, String provider) {
        return RegistryDatabase.number("SELECT count(*) FROM audit_events WHERE actor = 'system' AND action = '"
                + action + "' AND outcome = 'done' AND target_name = '" + provider + "'");
    }

    /** In a context of its own, as the scheduler does it. */
    static <T> T result(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    Path file(String... providers) throws IOException {
        return Files.writeString(folder.resolve("providers.yaml"), "providers:\n" + String.join("", providers));
    }

    static String memory(String name, String... more) {
        return "- providerName: " + name + "\n  providerType: memory\n"
                + Stream.of(more).map(line -> "  " + line + "\n").reduce("", String::concat);
    }

    FileSync registry(Prune prune) {
        return new FileSync(
                new Settings(Optional.of(folder.resolve("providers.yaml")), prune, false), providers, json, vertx);
    }

    static FileState look(FileSync registry) {
        result(registry::run);
        return registry.state();
    }

    FileState applied(Prune prune) {
        FileState state = look(registry(prune));
        assertThat(state.faults()).isEmpty();
        return state;
    }

    static Response shown(String provider) {
        return admin().get(PROVIDERS + provider);
    }

    static long probesOf(String provider) {
        Matcher count = Pattern.compile(
                        "hermes_provider_request_seconds_count\\{[^}]*operation=\"probe\"[^}]*provider=\"" + provider
                                + "\"[^}]*\\} (\\d+)")
                .matcher(RestAssured.get("/q/metrics").asString());
        return count.results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }
}
