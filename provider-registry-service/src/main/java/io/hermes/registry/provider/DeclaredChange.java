package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One difference between the file of providers and the registry.
 *
 * @param providerName whose
 * @param action what applying the file does about it
 * @param fields what changes, by name; never a value
 */
public record DeclaredChange(String providerName, Action action, List<String> fields) {

    /** What applying the file does. */
    public enum Action {
        /** Registers it. */
        @JsonProperty("create")
        CREATE,

        /** Changes it. */
        @JsonProperty("change")
        CHANGE,

        /** Disables it. */
        @JsonProperty("disable")
        DISABLE,

        /** Deletes it, or leaves it while a job uses it. */
        @JsonProperty("delete")
        DELETE
    }
}
