package io.hermes.registry.provider;

import java.util.ArrayList;
import java.util.List;

/** What the file of providers says, against what the registry has. */
public final class Comparison {

    final List<Provider> created = new ArrayList<>();
    final List<Provider> changed = new ArrayList<>();
    final List<Provider> opened = new ArrayList<>();
    final List<Provider> orphans = new ArrayList<>();
    private final List<DeclaredChange> changes = new ArrayList<>();
    private final List<DeclaredFault> faults = new ArrayList<>();

    Comparison() {}

    /** What applying the file would do. */
    public List<DeclaredChange> changes() {
        return List.copyOf(changes);
    }

    /** Why it cannot be applied. */
    public List<DeclaredFault> faults() {
        return List.copyOf(faults);
    }

    void add(DeclaredChange change) {
        changes.add(change);
    }

    void fault(String pointer, String message) {
        faults.add(new DeclaredFault(pointer, message));
    }
}
