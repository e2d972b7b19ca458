package io.hermes.stack.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment of the children. It starts empty, because the machine's own proxy, AWS and JVM variables would change what they do;
 * variables that are meant for the services ({@code HERMES_*}, {@code QUARKUS_*}) are passed on.
 */
final class CleanEnvironment {

    private CleanEnvironment() {}

    static Map<String, String> of(Path temporary) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TMPDIR", temporary.toString());
        return environment;
    }

    static Map<String, String> forService(Path temporary, Map<String, String> caller) {
        Map<String, String> environment = of(temporary);
        caller.forEach((name, value) -> {
            if (isForServices(name)) {
                environment.put(name, value);
            }
        });
        return environment;
    }

    private static boolean isForServices(String name) {
        return (name.startsWith("HERMES_") || name.startsWith("QUARKUS_"))
                && !name.startsWith("HERMES_STACK_")
                && !name.equals("HERMES_TERMINAL");
    }
}
