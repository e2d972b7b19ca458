package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.output.Amounts;
import io.hermes.cli.output.Facts;
import io.hermes.cli.output.Plain;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A provider in words. */
final class ProviderText {

    private ProviderText() {}

    static List<String> facts(JsonNode provider) {
        Facts facts = new Facts()
                .add("health", provider.path("healthStatus"))
                .add("looked at", Plain.time(provider.path("lastHealthCheck")))
                .add("status", provider.path("status"))
                .add("use", use(provider))
                .add("can", able(provider, true))
                .add("cannot", able(provider, false))
                .add("documents", provider.path("documentCount"))
                .add("size", Amounts.bytes(provider.path("totalSizeBytes").asDouble()))
                .add("quota", StatisticsText.quota(provider.path("quota")))
                .add("limits", LimitsText.of(provider.path("limits")))
                .add("running jobs", provider.path("usedBy").path("runningJobs"))
                .add(
                        "created",
                        Plain.time(provider.path("createdAt")) + " by " + Plain.value(provider.path("createdBy")))
                .add("uuid", provider.path("providerUuid"));
        provider.path("config")
                .properties()
                .forEach(setting -> facts.add(Plain.line(setting.getKey()), setting(setting.getValue())));
        return facts.under(title(provider));
    }

    static String title(JsonNode provider) {
        return "Provider " + Plain.value(provider.path("id")) + " '" + Plain.value(provider.path("providerName"))
                + "' (" + Plain.value(provider.path("providerType")) + ")";
    }

    static String use(JsonNode provider) {
        return Stream.of(
                        provider.path("isPrimary").asBoolean() ? "primary" : "",
                        provider.path("isWritable").asBoolean() ? "written to" : "only read")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** The capabilities that were measured or declared. */
    static String able(JsonNode provider, boolean wanted) {
        return provider.path("capabilities").properties().stream()
                .filter(capability -> capability.getValue().asBoolean() == wanted)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static String setting(JsonNode value) {
        return value.isObject() ? "(secret)" : Plain.value(value);
    }
}
