package io.hermes.systemtests.oracle;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * I9 and I10: an ended document's row never changes again, whoever still reports on it; an epoch never falls; no document appears
 * twice; none is completed without two equal hashes.
 */
final class ItemsLook implements Look {

    private final Books books;
    private final Map<Long, ItemRow> before = new HashMap<>();

    ItemsLook(Books books) {
        this.books = books;
    }

    @Override
    public void judge(Findings findings) throws SQLException {
        Map<String, Long> keys = new HashMap<>();
        for (ItemRow item : books.items()) {
            if (keys.put(item.key(), item.id()) != null) {
                findings.add("I9", "two items for " + item.key());
            }
            ItemRow last = before.put(item.id(), item);
            if (last != null) {
                compare(last, item, findings);
            }
            if (item.status().equals("completed") && !item.isProven()) {
                findings.add("I2", "completed without proof: " + item);
            }
        }
        before.values().stream()
                .filter(item -> !keys.containsKey(item.key()))
                .forEach(item -> findings.add("I1", "an item is gone: " + item));
    }

    private static void compare(ItemRow last, ItemRow now, Findings findings) {
        if (last.isClosed() && !last.equals(now)) {
            findings.add("I9", "an ended item changed: " + last + " became " + now);
        }
        if (now.epoch() < last.epoch()) {
            findings.add("I10", "the epoch fell: " + last + " became " + now);
        }
        if (now.attempts() < last.attempts()) {
            findings.add("I9", "attempts were forgotten: " + last + " became " + now);
        }
    }
}
