package io.hermes.registry.provider;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ListPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a scan has counted so far, in bounded memory however many documents there are. */
public final class Tally {

    static final String NONE = "(none)";
    static final String OTHER = "(other)";

    /** So that a store whose names end with anything costs no more than one whose names end with {@code .pdf}. */
    private static final int MOST_KEPT = 1000;

    private static final int MOST_SHOWN = 20;
    private static final Pattern EXTENSION = Pattern.compile("[\\p{L}\\p{N}_-]{1,16}");

    private final Map<String, Share> shares = new HashMap<>();
    private long documents;
    private long bytes;
    private long others;

    /** One more page of the listing. */
    public void add(ListPage page) {
        page.entries().forEach(entry -> add(entry.key(), entry.size()));
        others += page.rejected().size();
    }

    private void add(DocumentKey key, long size) {
        documents++;
        bytes += size;
        String extension = extension(key.name());
        boolean kept = shares.containsKey(extension) || shares.size() < MOST_KEPT;
        String name = kept ? extension : OTHER;
        shares.merge(name, new Share(name, 1, size), Share::plus);
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        String end = name.substring(dot + 1);
        return dot > 0 && EXTENSION.matcher(end).matches() ? end.toLowerCase(Locale.ROOT) : NONE;
    }

    long documents() {
        return documents;
    }

    long bytes() {
        return bytes;
    }

    /** Names that cannot be documents. */
    long others() {
        return others;
    }

    /** The most frequent extensions, the most frequent first; the last may stand for all others. */
    List<Share> shares() {
        List<Share> sorted = shares.values().stream()
                .filter(share -> !share.extension().equals(OTHER))
                .sorted(Comparator.comparingLong(Share::documents).reversed().thenComparing(Share::extension))
                .toList();
        List<Share> shown = new ArrayList<>(sorted.subList(0, Math.min(MOST_SHOWN, sorted.size())));
        Share rest = sorted.stream()
                .skip(MOST_SHOWN)
                .reduce(shares.getOrDefault(OTHER, new Share(OTHER, 0, 0)), Share::plus);
        if (rest.documents() > 0) {
            shown.add(rest);
        }
        return shown;
    }
}
