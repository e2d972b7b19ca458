package io.hermes.stack.layout;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ports and secrets of one stack, drawn at its first start and kept beside its data.
 *
 * @param ports by the name of the child; a port that somebody else holds at the next start is replaced
 * @param postgresPassword of the user {@link #POSTGRES_USER}
 */
public record Settings(
        Map<String, Integer> ports,
        String postgresPassword,
        String s3AccessKey,
        String s3SecretKey,
        String adminToken,
        String serviceToken) {

    /** Everything listens here and nowhere else. */
    public static final String HOST = "127.0.0.1";

    /** Owns both databases. */
    public static final String POSTGRES_USER = "hermes";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    public Settings {
        ports = Map.copyOf(ports);
    }

    /** The settings of this folder, with a free port for each of these names. Call it while nothing of the stack runs. */
    public static Settings of(StackDirectory directory, List<String> names) throws IOException {
        Settings kept = Files.exists(directory.settings())
                ? JSON.readValue(directory.settings().toFile(), Settings.class)
                : drawn();
        Settings settings = kept.withFreePorts(names);
        byte[] content = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(settings);
        StackDirectory.writePrivately(directory.settings(), content);
        drawSecretsKey(directory.secretsKey());
        return settings;
    }

    /** A file of its own, since the registry reads it; it stays as long as the database that needs it. */
    private static void drawSecretsKey(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            RANDOM.nextBytes(key);
            StackDirectory.writePrivately(file, Base64.getEncoder().encode(key));
        }
    }

    private static Settings drawn() {
        return new Settings(
                Map.of(), secret(16), "HERMES" + secret(7).toUpperCase(), secret(20), secret(24), secret(24));
    }

    private static String secret(int bytes) {
        byte[] drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    private Settings withFreePorts(List<String> names) throws IOException {
        Ports free = new Ports();
        Map<String, Integer> chosen = new TreeMap<>(ports);
        for (String name : new ArrayList<>(names)) {
            chosen.put(name, free.freeOrOther(ports.get(name)));
        }
        return new Settings(chosen, postgresPassword, s3AccessKey, s3SecretKey, adminToken, serviceToken);
    }

    /** The port of this child. */
    public int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalArgumentException("no port was drawn for " + name);
        }
        return port;
    }

    /** The base URL of this child. */
    public String url(String name) {
        return "http://" + HOST + ":" + port(name);
    }
}
