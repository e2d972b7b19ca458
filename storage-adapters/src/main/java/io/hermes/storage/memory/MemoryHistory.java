package io.hermes.storage.memory;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.memory.MemoryDocuments.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every state that documents have been in, newest first. Nothing leaves it. Guarded by {@link MemoryDocuments}. */
final class MemoryHistory {

    /**
     * One state.
     *
     * @param stored the document, absent for a deletion
     */
    private record State(Revision revision, Instant since, Optional<Stored> stored) {}

    private final Map<String, List<State>> states = new HashMap<>();

    void add(DocumentKey key, Revision revision, Optional<Stored> stored) {
        Instant since = stored.map(document -> document.stat().modified()).orElseGet(Instant::now);
        of(key).addFirst(new State(revision, since, stored));
    }

    /** The document as it was at this revision. */
    Optional<Stored> find(DocumentKey key, Revision revision) {
        return of(key).stream()
                .filter(state -> state.revision().equals(revision))
                .findFirst()
                .flatMap(State::stored);
    }

    /** What lies behind the token, which is the version of the last state shown. */
    RevisionPage page(DocumentKey key, Optional<String> token, int limit) {
        List<State> all = of(key);
        int from = token.map(version -> 1 + indexOf(all, version)).orElse(0);
        int to = Math.min(from + limit, all.size());
        List<RevisionPage.Entry> entries = new ArrayList<>();
        for (int index = from; index < to; index++) {
            entries.add(entry(all.get(index), index == 0));
        }
        return new RevisionPage(
                entries, to < all.size() ? all.get(to - 1).revision().version() : Optional.empty());
    }

    private static RevisionPage.Entry entry(State state, boolean latest) {
        long size = state.stored().map(stored -> stored.stat().size()).orElse(0L);
        return new RevisionPage.Entry(
                state.revision(), size, state.since(), latest, state.stored().isEmpty());
    }

    private static int indexOf(List<State> all, String version) {
        return all.stream().map(state -> state.revision().version()).toList().indexOf(Optional.of(version));
    }

    private List<State> of(DocumentKey key) {
        return states.computeIfAbsent(key.value(), unused -> new ArrayList<>());
    }
}
