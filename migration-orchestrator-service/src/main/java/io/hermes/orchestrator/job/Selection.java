package io.hermes.orchestrator.job;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which documents of the source a job is about, before its criteria are applied. */
sealed interface Selection {

    /** All that its criteria accept. */
    record Criteria() implements Selection {}

    /** These documents. */
    record Documents(List<UUID> uuids) implements Selection {}

    /**
     * These keys.
     *
     * @param failedOf the job in which they had failed, if that is how they were chosen
     */
    record Keys(List<String> keys, Optional<UUID> failedOf) implements Selection {}

    /** Keys that come as a file once the job is there. */
    record Listed() implements Selection {}

    /** The word for it: the field of the request that asked for it. */
    default String word() {
        return switch (this) {
            case Criteria criteria -> "criteria";
            case Documents documents -> "documentUuids";
            case Listed listed -> "documentList";
            case Keys named -> named.failedOf().isPresent() ? "failedOf" : "documentKeys";
        };
    }
}
