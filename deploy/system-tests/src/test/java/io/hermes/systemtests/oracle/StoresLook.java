package io.hermes.systemtests.oracle;

import io.hermes.stack.proof.Fingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** I1, I4 and I5: samples the source, and reads what has just appeared at the destination, which is absent or whole. */
final class StoresLook implements Look {

    private static final int SAMPLE = 12;

    private final Manifest manifest;
    private final Store source;
    private final Store destination;
    private final Changes changes;
    private final RandomGenerator chance;
    private final List<String> documents;
    private final Set<String> judged = new HashSet<>();

    StoresLook(Manifest manifest, Store source, Store destination, Changes changes, RandomGenerator chance) {
        this.manifest = manifest;
        this.source = source;
        this.destination = destination;
        this.changes = changes;
        this.chance = chance;
        this.documents = List.copyOf(manifest.documents().keySet());
    }

    @Override
    public void judge(Findings findings) throws IOException {
        for (int pick = 0; pick < SAMPLE; pick++) {
            String key = documents.get(chance.nextInt(documents.size()));
            if (!changes.touched(key)
                    && !source.content(key).equals(manifest.documents().get(key))
                    && !changes.touched(key)) {
                findings.add("I1", "the source of a copy is another: " + key);
            }
        }
        List<String> fresh = new ArrayList<>(destination.keys());
        fresh.removeAll(judged);
        for (String key : fresh.subList(0, Math.min(SAMPLE, fresh.size()))) {
            judgeArrival(key, findings);
        }
    }

    private void judgeArrival(String key, Findings findings) throws IOException {
        Fingerprint expected = manifest.documents().get(key);
        Fingerprint found = destination.content(key);
        judged.add(key);
        if (expected == null) {
            findings.add("I4", "nobody asked for " + key);
        } else if (!changes.allow(key, expected, found)
                && !found.equals(changes.strangers().get(key))) {
            findings.add("I5", "visible and not whole: " + key + " is " + found + ", not " + expected);
        }
    }
}
