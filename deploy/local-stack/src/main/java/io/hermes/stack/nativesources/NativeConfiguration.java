package io.hermes.stack.nativesources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/** What a runner jar tells the native compiler to keep. */
final class NativeConfiguration {

    private static final String FOLDER = "META-INF/native-image/";

    private final Set<String> reflected;
    private final List<Pattern> resources;

    private NativeConfiguration(Set<String> reflected, List<Pattern> resources) {
        this.reflected = reflected;
        this.resources = resources;
    }

    static NativeConfiguration of(Path runner) throws IOException {
        try (JarFile jar = new JarFile(runner.toFile())) {
            Set<String> reflected = new HashSet<>();
            for (JsonNode type : read(jar, "reflect-config.json")) {
                // Jackson needs the constructor and the accessors; being known by name is not enough.
                if (type.path("allDeclaredConstructors").asBoolean()
                        && type.path("allDeclaredMethods").asBoolean()) {
                    reflected.add(type.path("name").asText());
                }
            }
            List<Pattern> resources = read(jar, "resource-config.json")
                    .at("/resources/includes")
                    .valueStream()
                    .map(include -> Pattern.compile(include.path("pattern").asText()))
                    .toList();
            return new NativeConfiguration(reflected, resources);
        }
    }

    private static JsonNode read(JarFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(FOLDER + name);
        if (entry == null) {
            throw new IOException(jar.getName() + " has no " + FOLDER + name);
        }
        try (InputStream content = jar.getInputStream(entry)) {
            return new ObjectMapper().readTree(content);
        }
    }

    boolean reflects(String type) {
        return reflected.contains(type);
    }

    boolean includes(String resource) {
        return resources.stream().anyMatch(pattern -> pattern.matcher(resource).matches());
    }
}
