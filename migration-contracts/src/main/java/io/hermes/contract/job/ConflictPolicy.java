package io.hermes.contract.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when the destination already holds a document under the wanted key (SPEC §0). */
public enum ConflictPolicy {
    /** Same content: skipped. Different content: failed with DEST_CONFLICT. The default. */
    @JsonProperty("skip_identical")
    SKIP_IDENTICAL,

    /** Replaced, but only the revision that was seen (If-Match). */
    @JsonProperty("overwrite")
    OVERWRITE,

    /** Written under a name derived from the item, so that a redelivery makes no third copy. */
    @JsonProperty("keep_both")
    KEEP_BOTH;

    /** The word used in JSON, in the database and in messages. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
