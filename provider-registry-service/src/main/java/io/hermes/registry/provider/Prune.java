package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a provider that the file described once and describes no longer. */
public enum Prune {
    /** It stays as it is. */
    @JsonProperty("never")
    NEVER,

    /** Its status becomes disabled. */
    @JsonProperty("disable")
    DISABLE,

    /** It is deleted, as soon as no unfinished job uses it. */
    @JsonProperty("delete")
    DELETE
}
