package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.output.Amounts;
import io.hermes.cli.output.Facts;
import io.hermes.cli.output.Plain;
import io.hermes.cli.output.Table;
import java.util.ArrayList;
import java.util.List;

/** Statistics of a provider in words. */
final class StatisticsText {

    private StatisticsText() {}

    static List<String> lines(JsonNode statistics) {
        List<String> lines = new ArrayList<>(new Facts()
                .add("documents", documents(statistics))
                .add("size", bytes(statistics.path("totalSizeBytes")))
                .add("counted by", Plain.value(statistics.path("countedBy")).replace('_', ' '))
                .add("as of", Plain.time(statistics.path("statisticsAsOf")))
                .add("quota", quota(statistics.path("quota")))
                .add("running jobs", statistics.path("usage").path("runningJobs"))
                .add("scan", scan(statistics.path("scan")))
                .under("Statistics of '" + Plain.value(statistics.path("providerName")) + "'"));
        JsonNode distribution = statistics.path("distribution");
        if (!distribution.isEmpty()) {
            Table table = new Table("KIND", ">DOCUMENTS", ">SIZE");
            distribution.forEach(share -> table.add(
                    Plain.value(share.path("extension")),
                    Plain.value(share.path("documents")),
                    bytes(share.path("bytes"))));
            lines.addAll(table.lines());
        }
        return lines;
    }

    private static String documents(JsonNode statistics) {
        return Plain.value(statistics.path("documentCount"))
                + (statistics.path("approximate").asBoolean() ? " at most: jobs wrote while they were counted" : "");
    }

    static String quota(JsonNode quota) {
        if (!quota.isObject()) {
            return "-";
        }
        String documents = quota.path("maxDocuments").isNumber()
                ? " of " + Plain.value(quota.path("maxDocuments")) + " documents"
                : "";
        String size = quota.path("maxBytes").isNumber() ? " of " + bytes(quota.path("maxBytes")) : "";
        return Plain.value(quota.path("state")) + ", " + Plain.value(quota.path("usedPercent")) + " %" + documents
                + (documents.isEmpty() || size.isEmpty() ? "" : " or") + size;
    }

    private static String scan(JsonNode scan) {
        if (!scan.isObject()) {
            return "never";
        }
        String hint = scan.path("hint").asText();
        return Plain.value(scan.path("state")) + ", " + Plain.value(scan.path("documents")) + " documents, begun "
                + Plain.time(scan.path("startedAt")) + (hint.isEmpty() ? "" : ": " + Plain.line(hint));
    }

    private static String bytes(JsonNode amount) {
        return Amounts.bytes(amount.asDouble());
    }
}
