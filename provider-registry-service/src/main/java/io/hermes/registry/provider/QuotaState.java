package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a store stands to its quota. */
public enum QuotaState {
    /** There is room. */
    @JsonProperty("ok")
    OK,

    /** More than the warning's share is used. */
    @JsonProperty("warning")
    WARNING,

    /** All of it is used: no job may begin to write there. */
    @JsonProperty("exceeded")
    EXCEEDED;

    /** The word in JSON, logs and metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
