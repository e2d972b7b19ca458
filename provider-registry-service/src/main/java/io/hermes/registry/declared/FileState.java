package io.hermes.registry.declared;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hermes.registry.provider.DeclaredFault;
import java.time.Instant;
import java.util.List;

/**
 * What has become of the file, as this replica sees it.
 *
 * @param word how it stands
 * @param since since when it has stood so
 * @param faults why it is refused
 */
public record FileState(Word word, Instant since, List<DeclaredFault> faults) {

    /** How a file stands. */
    public enum Word {
        /** There is none. */
        @JsonProperty("none")
        NONE,

        /** It has not been applied yet, or something that it asks for has to wait. */
        @JsonProperty("waiting")
        WAITING,

        /** The registry is as it says. */
        @JsonProperty("applied")
        APPLIED,

        /** Something is wrong with it; the registry is as it was. */
        @JsonProperty("refused")
        REFUSED
    }

    static FileState of(Word word, List<DeclaredFault> faults) {
        return new FileState(word, Instant.now(), List.copyOf(faults));
    }

    boolean says(FileState other) {
        return word == other.word && faults.equals(other.faults);
    }
}
