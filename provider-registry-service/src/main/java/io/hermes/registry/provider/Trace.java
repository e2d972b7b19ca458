package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hermes.registry.audit.Deed;
import io.hermes.registry.limit.Limits;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A provider at one moment, for the audit.
 *
 * @param shown what the public API shows of its settings, flat: a secret as a mask
 * @param secrets as they are stored; only to see that one was replaced, and never shown
 */
record Trace(SortedMap<String, JsonNode> shown, Map<String, String> secrets) {

    private static final JsonNode REPLACED =
            JsonNodeFactory.instance.objectNode().put("$secret", "replaced");

    static Trace of(Provider row) {
        SortedMap<String, JsonNode> shown = new TreeMap<>();
        shown.put("providerName", TextNode.valueOf(row.providerName));
        shown.put("providerType", TextNode.valueOf(row.providerType));
        shown.put("status", TextNode.valueOf(row.status.word()));
        shown.put("managedBy", TextNode.valueOf(row.managedBy));
        shown.put("isPrimary", BooleanNode.valueOf(row.isPrimary));
        shown.put("isWritable", BooleanNode.valueOf(row.isWritable));
        if (row.displayName != null) {
            shown.put("displayName", TextNode.valueOf(row.displayName));
        }
        if (row.quota != null) {
            row.quota.limits().forEach((limit, value) -> shown.put("quota." + limit, LongNode.valueOf(value)));
        }
        if (row.limits != null) {
            limits(row.limits).forEach((limit, value) -> shown.put("limits." + limit, value));
        }
        ProviderSettings.masked(row.config, row.secrets).forEach((key, value) -> shown.put("config." + key, value));
        ProviderView.capabilities(row.capabilities, row.measured)
                .forEach((key, has) -> shown.put("capabilities." + key, BooleanNode.valueOf(has)));
        return new Trace(shown, Map.copyOf(row.secrets));
    }

    private static Map<String, JsonNode> limits(Limits limits) {
        Map<String, JsonNode> shown = new TreeMap<>();
        if (limits.requestsPerSecond() != null) {
            shown.put("requestsPerSecond", DoubleNode.valueOf(limits.requestsPerSecond()));
        }
        if (limits.bytesPerSecond() != null) {
            shown.put("bytesPerSecond", LongNode.valueOf(limits.bytesPerSecond()));
        }
        if (!limits.windows().isEmpty()) {
            ArrayNode windows = JsonNodeFactory.instance.arrayNode();
            limits.windows().forEach(windows::add);
            shown.put("windows", windows);
            shown.put("timeZone", TextNode.valueOf(limits.timeZone()));
        }
        return shown;
    }

    /** The provider was registered. */
    static Deed created(Provider row) {
        return new Deed("provider.create", row.providerUuid.toString(), row.providerName, null, of(row).shown);
    }

    /** The provider, which had this trace, is now like this. */
    Deed changed(String action, Provider row) {
        Trace now = of(row);
        return new Deed(action, row.providerUuid.toString(), row.providerName, differentFrom(now), now.since(this));
    }

    /** The provider is about to be tested; one that is not saved has no number yet. */
    static Deed tested(String action, Provider row) {
        return new Deed(
                action, row.id == null ? null : row.providerUuid.toString(), row.providerName, null, of(row).shown);
    }

    /** The provider is gone. */
    static Deed deleted(Provider row) {
        return new Deed("provider.delete", row.providerUuid.toString(), row.providerName, of(row).shown, null);
    }

    private SortedMap<String, JsonNode> differentFrom(Trace other) {
        SortedMap<String, JsonNode> different = new TreeMap<>(shown);
        different
                .entrySet()
                .removeIf(entry ->
                        entry.getValue().equals(other.shown.get(entry.getKey())) && !isReplaced(entry.getKey(), other));
        return different;
    }

    /** A secret looks as it did before; that it is another one is said in words. */
    private SortedMap<String, JsonNode> since(Trace earlier) {
        SortedMap<String, JsonNode> different = differentFrom(earlier);
        different.replaceAll((key, value) -> value.equals(earlier.shown.get(key)) ? REPLACED : value);
        return different;
    }

    private boolean isReplaced(String key, Trace other) {
        String secret = secretOf(key);
        return secrets.containsKey(secret)
                && other.secrets.containsKey(secret)
                && !secrets.get(secret).equals(other.secrets.get(secret));
    }

    private static String secretOf(String key) {
        return key.replaceFirst("^config\\.", "");
    }
}
