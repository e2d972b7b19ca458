package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.output.Amounts;
import io.hermes.cli.output.Plain;
import java.util.ArrayList;
import java.util.List;

/** How fast a store may be used, in words. */
final class LimitsText {

    private LimitsText() {}

    static String of(JsonNode limits) {
        if (!limits.isObject()) {
            return "-";
        }
        List<String> words = new ArrayList<>();
        if (limits.path("requestsPerSecond").isNumber()) {
            words.add(Plain.value(limits.path("requestsPerSecond")) + " requests/s");
        }
        if (limits.path("bytesPerSecond").isNumber()) {
            words.add(Amounts.bytes(limits.path("bytesPerSecond").asDouble()) + "/s");
        }
        JsonNode windows = limits.path("windows");
        windows.forEach(window -> words.add(Plain.line(window.asText())));
        String zone = windows.isEmpty() ? "" : " (" + Plain.value(limits.path("timeZone")) + ")";
        return String.join(", ", words) + zone;
    }
}
