package io.hermes.contract.task;

import java.util.UUID;

/**
 * Which dispatch of which item a message is about. Events echo it unchanged.
 *
 * @param jobUuid the job's public id
 * @param jobId the job's number
 * @param itemId the item's number, the Kafka key of its tasks
 * @param epoch raised at every dispatch; the fence. An event of another epoch changes nothing (with the one exception of a
 *     late successful copy, ARCHITECTURE §2)
 */
public record TaskRef(UUID jobUuid, long jobId, long itemId, int epoch) {

    /** {@code {jobUuid}:{itemId}:{kind}:{epoch}}: every dispatch and the release step have their own (SPEC §0). */
    public String idempotentKey(String kind) {
        return jobUuid + ":" + itemId + ":" + kind + ":" + epoch;
    }
}
