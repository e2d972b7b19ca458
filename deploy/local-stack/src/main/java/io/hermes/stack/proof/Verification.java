package io.hermes.stack.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a look at both sides found, without asking the services.
 *
 * @param documents in the source
 * @param equal of them, found in the bucket with the same bytes
 * @param bytes in the source
 * @param faults a sentence for each document that is missing, different or too many
 */
public record Verification(int documents, int equal, long bytes, List<String> faults) {

    public Verification {
        faults = List.copyOf(faults);
    }

    /** Reads every document and every object again and compares them. */
    public static Verification of(SourceFolder source, BucketReader bucket, String prefix) throws IOException {
        Map<String, Path> documents = source.documents();
        List<String> listed = bucket.keys(prefix);
        Set<String> objects = new HashSet<>(listed);
        List<String> faults = new ArrayList<>();
        if (objects.size() != listed.size()) {
            faults.add("the bucket lists some key twice");
        }
        long bytes = 0;
        int equal = 0;
        for (Map.Entry<String, Path> document : documents.entrySet()) {
            Fingerprint expected = SourceFolder.fingerprint(document.getValue());
            bytes += expected.bytes();
            String key = prefix + document.getKey();
            if (!objects.remove(key)) {
                faults.add("missing: " + document.getKey());
            } else if (bucket.fingerprint(key).equals(expected)) {
                equal++;
            } else {
                faults.add("different: " + document.getKey());
            }
        }
        objects.forEach(extra -> faults.add("in the bucket, not in the source: " + extra));
        return new Verification(documents.size(), equal, bytes, faults);
    }

    /** Nothing to compare proves nothing. */
    public boolean proves() {
        return faults.isEmpty() && documents > 0 && equal == documents;
    }
}
