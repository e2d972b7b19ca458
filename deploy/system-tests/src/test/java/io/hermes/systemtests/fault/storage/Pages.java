package io.hermes.systemtests.fault.storage;

import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.ProxiedReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** F21: pages of a listing, remembered and falsified. One for each trial. */
public final class Pages {

    private static final Pattern ENTRY = Pattern.compile("<Contents>.*?</Contents>", Pattern.DOTALL);
    private static final Pattern ENTRIES = Pattern.compile("<Contents>.*</Contents>", Pattern.DOTALL);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private int served;

    /** The page passes as it is, and is remembered. */
    public Fault remembered() {
        return rewriting(page -> {
            seen.add(page);
            return page;
        });
    }

    /** Instead of the page comes one that was remembered, always the next of them in turn. */
    public Fault again() {
        return rewriting(page -> next());
    }

    /** Instead of the page comes the one before. */
    public Fault last() {
        return rewriting(page -> seen.getLast());
    }

    private synchronized String next() {
        return seen.get(served++ % seen.size());
    }

    /** The page, and everything on the remembered ones once more, backwards. */
    public Fault withEverythingBefore() {
        return rewriting(page -> {
            List<String> entries = new ArrayList<>(entriesOf(page));
            seen.forEach(before -> entries.addAll(entriesOf(before)));
            Collections.reverse(entries);
            return ENTRIES.matcher(page).replaceFirst(all -> Matcher.quoteReplacement(String.join("", entries)));
        });
    }

    /** The page says that there is more, and not where. */
    public static Fault withoutToken() {
        return rewriting(page -> page.replaceAll("<NextContinuationToken>.*</NextContinuationToken>", ""));
    }

    /** The page says that nothing is there, and that this is all. */
    public static Fault nothing() {
        return rewriting(page -> ENTRIES.matcher(page)
                .replaceFirst("")
                .replaceAll("<NextContinuationToken>.*</NextContinuationToken>", "")
                .replaceAll("<KeyCount>.*</KeyCount>", "<KeyCount>0</KeyCount>")
                .replaceAll("<IsTruncated>.*</IsTruncated>", "<IsTruncated>false</IsTruncated>"));
    }

    private static List<String> entriesOf(String page) {
        return ENTRY.matcher(page).results().map(MatchResult::group).toList();
    }

    private static Fault rewriting(UnaryOperator<String> change) {
        return new Fault() {
            @Override
            public ProxiedReply onReply(ProxiedReply reply) throws IOException {
                return reply.text(change.apply(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8)));
            }
        };
    }
}
