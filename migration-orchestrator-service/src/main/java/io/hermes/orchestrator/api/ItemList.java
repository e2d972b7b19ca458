package io.hermes.orchestrator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.orchestrator.view.ItemView;
import java.util.List;

/**
 * A page of items.
 *
 * @param count of this page
 * @param nextCursor absent on the last page
 */
public record ItemList(
        List<ItemView> items,
        int count,
        @JsonInclude(JsonInclude.Include.NON_NULL) String nextCursor) {
    ItemList(Pages.Page<ItemView> page) {
        this(page.elements(), page.elements().size(), page.nextCursor());
    }
}
