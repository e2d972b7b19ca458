package io.hermes.systemtests.oracle;

import io.hermes.stack.proof.Fingerprint;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What others than the services did to both stores during a run. Noted before it is done, so that whatever is found later is known by
 * then: a copy may hold any state that its document ever had, and no other; a stranger's document at the destination must stay.
 */
public final class Changes {

    private final Map<String, Set<Fingerprint>> states = new ConcurrentHashMap<>();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final Map<String, Fingerprint> strangers = new ConcurrentHashMap<>();

    /** A stranger is about to put this at the destination. */
    public void stranger(String key, Fingerprint content) {
        strangers.put(key, content);
    }

    /** Keys at the destination that are strangers', with what they hold. */
    public Map<String, Fingerprint> strangers() {
        return Map.copyOf(strangers);
    }

    /** The source's document is about to hold this. */
    public void becomes(String key, Fingerprint content) {
        states.computeIfAbsent(key, first -> ConcurrentHashMap.newKeySet()).add(content);
    }

    /** The source's document is about to be deleted, or to get another name. */
    public void goes(String key) {
        gone.add(key);
    }

    /** Whether anything was done to it. */
    public boolean touched(String key) {
        return gone.contains(key) || states.containsKey(key);
    }

    /** Whether it may be missing. */
    public boolean gone(String key) {
        return gone.contains(key);
    }

    boolean none() {
        return gone.isEmpty() && states.isEmpty();
    }

    /** Whether this is a state that the document has had. */
    boolean allow(String key, Fingerprint original, Fingerprint found) {
        return found.equals(original) || states.getOrDefault(key, Set.of()).contains(found);
    }
}
