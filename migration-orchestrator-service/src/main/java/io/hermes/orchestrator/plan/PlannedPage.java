package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.item.PlannedItem;
import java.util.List;
import java.util.Optional;

/**
 * One page, ready to be committed.
 *
 * @param next token behind it
 * @param done whether the plan ends with it
 */
record PlannedPage(List<PlannedItem> items, Optional<String> next, boolean done) {

    PlannedPage {
        items = List.copyOf(items);
    }
}
