package io.hermes.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What an operator mounts: a key file, a folder of secrets, and a server that speaks Vault's API for one secret, {@code
 * secret/team/docs} with the fields {@code access_key} and {@code secret_key}. To whoever has another token it repeats that one and the
 * secret: nobody may repeat what a server answers.
 */
public final class SecretPlaces implements QuarkusTestResourceLifecycleManager {

    static final String VAULT_TOKEN = "vault-token-of-the-registry-test";
    static final String IN_VAULT = "canary-in-vault-7d21";

    private HttpServer vault;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "mounted-");
            Path keys = Files.writeString(folder.resolve("keys"), key(1) + "\n");
            Path secrets = Files.createDirectories(folder.resolve("secrets"));
            Path token = Files.writeString(folder.resolve("vault-token"), VAULT_TOKEN + "\n");
            vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            vault.createContext("/v1/secret/data/team/docs", SecretPlaces::answer);
            vault.start();
            return Map.of(
                    "HERMES_SECRETS_KEY_FILE", keys.toString(),
                    "HERMES_SECRETS_DIRECTORY", secrets.toString(),
                    "HERMES_VAULT_TOKEN_FILE", token.toString(),
                    "HERMES_VAULT_ADDRESS",
                            "http://127.0.0.1:" + vault.getAddress().getPort());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A line of a key file; the same number is the same key. */
    static String key(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        return Base64.getEncoder().encodeToString(key);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        boolean known = VAULT_TOKEN.equals(token);
        String body = known
                ? "{\"data\":{\"data\":{\"access_key\":\"vault-access\",\"secret_key\":\"" + IN_VAULT
                        + "\"},\"metadata\":{\"version\":4}}}"
                : new JsonObject()
                        .put("errors", List.of("permission denied", token, IN_VAULT))
                        .encode();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 403, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void stop() {
        if (vault != null) {
            vault.stop(0);
        }
    }
}
