package io.hermes.contract.provider;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a provider may be used for (SPEC §1.5). */
public enum ProviderStatus {
    /** Reading, and writing where it is writable. */
    @JsonProperty("active")
    ACTIVE,

    /** Reading only. */
    @JsonProperty("readonly")
    READONLY,

    /** Nothing. */
    @JsonProperty("disabled")
    DISABLED,

    /** Like active; a mark for people that its documents are on the move. */
    @JsonProperty("migrating")
    MIGRATING;

    /** The word used in JSON, in the database and in messages. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
