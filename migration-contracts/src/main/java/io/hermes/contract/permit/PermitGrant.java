package io.hermes.contract.permit;

import java.util.List;

/**
 * The subset that may be deleted. A grant is good for five seconds by the worker's own monotonic clock, from when it asked.
 *
 * @param granted item ids
 */
public record PermitGrant(List<Long> granted) {

    public PermitGrant {
        granted = List.copyOf(granted);
    }
}
