package io.hermes.systemtests;

import java.util.Locale;

/** Names of jobs, providers and places from names of faults. */
final class Names {

    private Names() {}

    /** Letters, digits and hyphens, small. */
    static String of(String fault) {
        return fault.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
