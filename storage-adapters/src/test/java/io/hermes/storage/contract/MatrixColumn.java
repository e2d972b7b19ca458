package io.hermes.storage.contract;

import io.hermes.storage.Capabilities;
import io.hermes.storage.Feature;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What is known about one store, in a form that outlives the JVM: several runs make one table. */
final class MatrixColumn {

    private static final String SKIP = "skip.";

    private final String store;
    private final Properties facts = new Properties();

    MatrixColumn(String store) {
        this.store = store;
        facts.setProperty("store", store);
    }

    MatrixColumn(Properties facts) {
        this.store = facts.getProperty("store");
        this.facts.putAll(facts);
    }

    String store() {
        return store;
    }

    Properties facts() {
        return facts;
    }

    void declared(Capabilities capabilities) {
        for (Feature feature : Feature.values()) {
            facts.setProperty(feature.name(), capabilities.has(feature) ? "yes" : "\u2013");
        }
        facts.setProperty("longest key, bytes", Long.toString(capabilities.maxKeyBytes()));
        facts.setProperty("largest document, bytes", limit(capabilities.maxDocumentBytes()));
        facts.setProperty("one request up to, bytes", limit(capabilities.wholeWriteBytes()));
    }

    private static String limit(long bytes) {
        return bytes == Long.MAX_VALUE ? "any" : Long.toString(bytes);
    }

    void passed() {
        count("passed");
    }

    void failed() {
        count("failed");
    }

    void skipped(String reason) {
        count("skipped");
        count(SKIP + reason);
    }

    void notRun(String reason) {
        facts.setProperty("not run", reason);
    }

    private void count(String name) {
        facts.setProperty(name, Integer.toString(Integer.parseInt(facts.getProperty(name, "0")) + 1));
    }

    String fact(String name, String otherwise) {
        return facts.getProperty(name, otherwise);
    }

    /** Reasons for skipped tests with their number. */
    Map<String, String> skips() {
        Map<String, String> skips = new TreeMap<>();
        facts.stringPropertyNames().stream()
                .filter(name -> name.startsWith(SKIP))
                .forEach(name -> skips.put(name.substring(SKIP.length()), facts.getProperty(name)));
        return skips;
    }
}
