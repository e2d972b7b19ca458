package io.hermes.orchestrator.validate;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.orchestrator.plan.FilterCriteria;
import io.hermes.storage.document.PathTemplate;

/** When a comparison can tell which documents only the destination has. */
public final class Extras {

    private static final String SAME_PATH = "{path}";

    private Extras() {}

    /**
     * For a whole source always. For a folder, or names that match a pattern, only where documents keep their paths, so that the same
     * folder and pattern tell which documents of the destination are meant. For any other part of a source never: what its criteria leave
     * out may well have its counterpart at the destination.
     */
    public static boolean canBeTold(FilterCriteria criteria, ResolvedProvider destination) {
        boolean whole = criteria.equals(FilterCriteria.EVERYTHING);
        boolean samePath = SAME_PATH.equals(destination.config().get(PathTemplate.SETTING));
        return whole || (criteria.byKeyOnly() && samePath);
    }
}
