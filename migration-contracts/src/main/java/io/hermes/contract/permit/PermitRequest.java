package io.hermes.contract.permit;

import java.util.List;

/**
 * May the worker delete the sources of these items now? No answer means no.
 *
 * @param items at most 500
 */
public record PermitRequest(List<PermitItem> items) {

    public PermitRequest {
        items = List.copyOf(items);
    }

    /**
     * One release in a worker's hands.
     *
     * @param itemId the item
     * @param epoch the epoch of the release task
     */
    public record PermitItem(long itemId, int epoch) {}
}
