package io.hermes.storage;

/** What must hold for a write or delete to happen. */
public sealed interface Precondition {

    /** Nothing. */
    record None() implements Precondition {}

    /** No document stands under the key. */
    record IfAbsent() implements Precondition {}

    /**
     * The document under the key is at this revision.
     *
     * @param revision as a stat, listing or write reported it
     */
    record IfMatches(Revision revision) implements Precondition {}

    /** Whatever is there. */
    static Precondition none() {
        return new None();
    }

    /** Never replace anything. */
    static Precondition ifAbsent() {
        return new IfAbsent();
    }

    /** Replace or delete only this. */
    static Precondition ifMatches(Revision revision) {
        return new IfMatches(revision);
    }
}
