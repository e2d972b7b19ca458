package io.hermes.edge.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * The registry's internal routes over real HTTP, answering from what a test has {@link #put}. For tests of the other services.
 *
 * <p>What it knows lives in one map of JDK types for the whole JVM, since the test and the test resource may be loaded by different
 * class loaders.
 */
public final class RegistryStandIn implements QuarkusTestResourceLifecycleManager {

    /** Only {@link #state()} reads it. Not among the system properties, where others expect nothing but strings. */
    public static final Map<String, String> STATE = new ConcurrentHashMap<>();

    private static final String DOWN = "down";
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private HttpServer server;

    /** Makes a provider known under its number, UUID and name; replaces it if it was. */
    public static void put(ResolvedProvider provider) {
        String json = json(provider);
        for (String ref : refs(provider)) {
            state().put("provider/" + ref, json);
        }
        state().put("etag/" + provider.providerUuid(), "\"" + provider.version() + "\"");
        state().put("status/" + provider.providerUuid(), provider.status().word());
        state().put("writable/" + provider.providerUuid(), String.valueOf(writable(provider)));
        state().remove("full/" + provider.providerUuid());
    }

    /** The same without an entity tag: the registry answers in full each time, as for secrets that are kept elsewhere. */
    public static void putUntagged(ResolvedProvider provider) {
        put(provider);
        state().remove("etag/" + provider.providerUuid());
    }

    /** From now on, until it is put again, the provider holds as much as its quota allows. */
    public static void full(ResolvedProvider provider) {
        state().put("full/" + provider.providerUuid(), "true");
    }

    /** What whoever asks for a share of the provider's budget is given from now on; nothing is limited until this is said. */
    public static void grant(UUID provider, BudgetLease lease) {
        state().put("lease/" + provider, json(lease));
    }

    /** What the holder asked for last: {@code PUT {…}}, or {@code DELETE } once it has given its share back; empty if it never asked. */
    public static String budget(UUID provider, UUID holder) {
        return state().getOrDefault("budget/" + provider + "/" + holder, "");
    }

    /** Makes a provider unknown again. */
    public static void remove(ResolvedProvider provider) {
        refs(provider).forEach(ref -> state().remove("provider/" + ref));
    }

    /** While down, every request is answered 503. */
    public static void down(boolean down) {
        state().put(DOWN, String.valueOf(down));
    }

    /** The body of the claim or its release as the client sent it last: {@code PUT {…}} or {@code DELETE {…}}; empty if none came. */
    public static String claim(UUID provider, UUID job) {
        return state().getOrDefault("claim/" + provider + "/" + job, "");
    }

    /** How many jobs of this name hold a claim on the provider. */
    public static long claims(UUID provider, String jobName) {
        return state().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("claim/" + provider))
                .filter(entry ->
                        entry.getValue().startsWith("PUT") && entry.getValue().contains('"' + jobName + '"'))
                .count();
    }

    /** How many requests for providers have been answered with a body, not 304. */
    public static int providerAnswers() {
        return Integer.parseInt(state().getOrDefault("answers", "0"));
    }

    @Override
    public Map<String, String> start() {
        state().clear();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/providers/", RegistryStandIn::answer);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "HERMES_REGISTRY_URL",
                url,
                "hermes.registry.url",
                url,
                // The stores of tests are on this machine.
                "hermes.storage.network.allowed-schemes",
                "http,https",
                "hermes.storage.network.allowed-networks",
                "127.0.0.0/8,::1");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String[] path = exchange.getRequestURI()
                    .getPath()
                    .substring("/internal/providers/".length())
                    .split("/");
            if (Boolean.parseBoolean(state().get(DOWN))) {
                problem(exchange, 503, "DOWN");
            } else if (!state().containsKey("provider/" + path[0])) {
                problem(exchange, 404, "PROVIDER_UNKNOWN");
            } else if (path.length == 1) {
                provider(exchange, path[0]);
            } else if (path[1].equals("budgets")) {
                budget(exchange, path[0], path[2], body);
            } else {
                claim(exchange, path[0], path[2], body);
            }
        }
    }

    private static void provider(HttpExchange exchange, String ref) throws IOException {
        String json = state().get("provider/" + ref);
        String etag = state().getOrDefault(
                        "etag/" + JSON.readTree(json).get("providerUuid").textValue(), "\"untagged\"");
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        state().merge("answers", "1", (before, one) -> String.valueOf(Integer.parseInt(before) + 1));
        send(exchange, 200, "application/json", json);
    }

    private static void claim(HttpExchange exchange, String provider, String job, String body) throws IOException {
        boolean claiming = exchange.getRequestMethod().equals("PUT");
        if (claiming && "disabled".equals(state().get("status/" + provider))) {
            problem(exchange, 409, "PROVIDER_DISABLED");
        } else if (claiming
                && body.contains("\"destination\"")
                && "false".equals(state().get("writable/" + provider))) {
            problem(exchange, 409, "PROVIDER_NOT_WRITABLE");
        } else if (claiming && body.contains("\"destination\"") && state().containsKey("full/" + provider)) {
            problem(exchange, 409, "PROVIDER_QUOTA_EXCEEDED");
        } else {
            state().put("claim/" + provider + "/" + job, exchange.getRequestMethod() + " " + body);
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private static void budget(HttpExchange exchange, String provider, String holder, String body) throws IOException {
        state().put("budget/" + provider + "/" + holder, exchange.getRequestMethod() + " " + body);
        if (exchange.getRequestMethod().equals("DELETE")) {
            exchange.sendResponseHeaders(204, -1);
        } else {
            String unlimited = json(new BudgetLease(null, null, 60_000));
            send(exchange, 200, "application/json", state().getOrDefault("lease/" + provider, unlimited));
        }
    }

    private static void problem(HttpExchange exchange, int status, String code) throws IOException {
        send(
                exchange,
                status,
                "application/problem+json",
                "{\"status\":" + status + ",\"code\":\"" + code + "\",\"detail\":\"says the stand-in\"}");
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static List<String> refs(ResolvedProvider provider) {
        return List.of(String.valueOf(provider.id()), provider.providerUuid().toString(), provider.providerName());
    }

    private static boolean writable(ResolvedProvider provider) {
        return provider.writable() && provider.status() != ProviderStatus.READONLY;
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The map of the class that the system class loader knows, whichever class loader asks. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> state() {
        try {
            Class<?> shared = Class.forName(RegistryStandIn.class.getName(), true, ClassLoader.getSystemClassLoader());
            return (Map<String, String>) shared.getField("STATE").get(null);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
