package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What differs between a row and what it is to be, by name. */
final class Difference {

    /** 8 is 8, whether it was read as an int, as a long or as 8.0. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private Difference() {}

    /** @param secrets names of the secrets that differ: as they are stored, they always would */
    static List<String> of(Provider row, Provider wanted, Set<String> secrets) {
        List<String> fields = new ArrayList<>();
        add(fields, "displayName", row.displayName, wanted.displayName);
        add(fields, "status", row.status, wanted.status);
        add(fields, "isPrimary", row.isPrimary, wanted.isPrimary);
        add(fields, "isWritable", row.isWritable, wanted.isWritable);
        add(fields, "capabilities", row.capabilities, wanted.capabilities);
        add(fields, "quota", row.quota, wanted.quota);
        add(fields, "limits", row.limits, wanted.limits);
        add(fields, "managedBy", row.managedBy, wanted.managedBy);
        add(fields, "managedSource", row.managedSource, wanted.managedSource);
        Set<String> settings = new TreeSet<>(row.config.keySet());
        settings.addAll(wanted.config.keySet());
        settings.stream()
                .filter(key -> !same(row.config.get(key), wanted.config.get(key)))
                .forEach(key -> fields.add("config." + key));
        secrets.forEach(key -> fields.add("config." + key));
        return fields;
    }

    private static boolean same(JsonNode present, JsonNode wanted) {
        return present != null && wanted != null && present.equals(BY_VALUE, wanted);
    }

    private static void add(List<String> fields, String name, Object present, Object wanted) {
        if (!Objects.equals(present, wanted)) {
            fields.add(name);
        }
    }

    /** The row becomes what it is to be. A provider whose secrets are the same keeps them as they were sealed. */
    static void take(Provider wanted, Provider row, Set<String> secrets) {
        row.displayName = wanted.displayName;
        row.status = wanted.status;
        row.isPrimary = wanted.isPrimary;
        row.isWritable = wanted.isWritable;
        row.capabilities = wanted.capabilities;
        row.quota = wanted.quota;
        row.limits = wanted.limits;
        row.managedBy = wanted.managedBy;
        row.managedSource = wanted.managedSource;
        row.config = wanted.config;
        row.secrets = secrets.isEmpty() ? row.secrets : wanted.secrets;
    }
}
