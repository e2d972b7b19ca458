package io.hermes.contract.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a job does with the documents that it selects (SPEC §0). */
public enum Strategy {
    /** The destination gets a copy; the source stays as it is. */
    @JsonProperty("copy")
    COPY,

    /** Copy, prove, commit, and only then delete the source revision that was copied. */
    @JsonProperty("move")
    MOVE,

    /** One pass of a repeatable one-way synchronisation. */
    @JsonProperty("mirror")
    MIRROR,

    /** Compare both stores and change nothing. */
    @JsonProperty("verify")
    VERIFY;

    /** The word used in JSON, in the database and in messages. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
