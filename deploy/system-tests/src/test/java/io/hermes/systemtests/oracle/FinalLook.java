package io.hermes.systemtests.oracle;

import io.hermes.stack.proof.Fingerprint;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The judgement when a job is over: every document of the manifest against its row, both stores read to the last byte.
 *
 * @param changes what others did to both stores meanwhile
 */
public record FinalLook(Manifest manifest, Store source, Store destination, Books books, Changes changes) {

    /** Compares everything with everything. */
    public void judge(Findings findings) throws SQLException, IOException {
        judgeSource(findings);
        Map<String, ItemRow> items = itemsByKey(findings);
        Map<String, Fingerprint> arrived = readDestination(findings);
        changes.strangers().forEach((key, content) -> {
            if (!content.equals(arrived.remove(key))) {
                findings.add("I4", "a stranger's document is not what it was: " + key);
            }
        });
        manifest.documents().forEach((key, content) -> judge(key, content, items.get(key), arrived, findings));
        arrived.keySet().forEach(key -> findings.add("I4", "nobody asked for " + key));
        judgeBooks(findings);
    }

    private void judgeSource(Findings findings) throws IOException {
        Set<String> standing = new HashSet<>(source.keys());
        for (Map.Entry<String, Fingerprint> document : manifest.documents().entrySet()) {
            String key = document.getKey();
            boolean kept = standing.contains(key)
                    ? changes.allow(key, document.getValue(), source.content(key))
                    : changes.gone(key);
            if (!kept) {
                findings.add("I1", "the source of a copy is another: " + key);
            }
        }
    }

    private Map<String, ItemRow> itemsByKey(Findings findings) throws SQLException {
        Map<String, ItemRow> items = new HashMap<>();
        books.items().forEach(item -> items.put(item.key(), item));
        Set<String> unknown = new HashSet<>(items.keySet());
        unknown.removeAll(manifest.documents().keySet());
        unknown.forEach(key -> findings.add("I9", "an item for what never was: " + key));
        return items;
    }

    private Map<String, Fingerprint> readDestination(Findings findings) throws IOException {
        List<String> keys = new ArrayList<>(destination.keys());
        Map<String, Fingerprint> arrived = new HashMap<>();
        for (String key : keys) {
            if (arrived.put(key, destination.content(key)) != null) {
                findings.add("I5", "listed twice: " + key);
            }
        }
        return arrived;
    }

    /**
     * A completed document stands at the destination as it was, or as it became meanwhile, under the hash that its row names; an open
     * one may stand there too.
     */
    private void judge(
            String key, Fingerprint content, ItemRow item, Map<String, Fingerprint> arrived, Findings findings) {
        Fingerprint found = arrived.remove(key);
        if (item == null) {
            findings.add("I1", "no item for " + key);
            return;
        }
        if (found != null && !changes.allow(key, content, found)) {
            findings.add("I5", "not whole: " + key + " is " + found + ", not " + content);
        }
        if (item.status().equals("completed")
                && (found == null || !item.isProven() || !item.sourceHash().equals(found.sha256()))) {
            findings.add("I2", "completed, and is not there as it was: " + item);
        }
        if (!item.isClosed()) {
            findings.add("I11", "still open: " + item);
        }
    }

    private void judgeBooks(Findings findings) throws SQLException {
        Balance now = books.balance();
        if (!now.holds()) {
            findings.add("I8", "does not add up: " + now);
        }
        if (now.counters().total() != manifest.size() || now.counters().open() != 0) {
            findings.add("I11", "the books do not end with every document: " + now);
        }
        if (changes.none() && now.counterBytes().total() != manifest.bytes()) {
            findings.add("I8", manifest.bytes() + " bytes were to be migrated: " + now);
        }
        if (books.unsent() != 0) {
            findings.add("I6", books.unsent() + " tasks of an ended job still in the outbox");
        }
    }
}
