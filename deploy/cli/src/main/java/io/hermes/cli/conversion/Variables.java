package io.hermes.cli.conversion;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Variables that the registry's environment must have for the file to be applied. */
final class Variables {

    private final Set<String> names = new TreeSet<>();

    /** One that the configuration itself names. */
    String named(String name) {
        names.add(name);
        return name;
    }

    /** One of its own for a value of a provider. */
    String made(String provider, String setting) {
        String name = ("PROVIDER_" + provider + "_" + setting)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9_]", "_");
        String free = name;
        for (int number = 2; !names.add(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(names);
    }
}
