package io.hermes.storage;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an opened store can do: features and limits, flat, so that a contract test can select itself from it.
 *
 * @param features what it can do; asked for anything else, it fails {@link ErrorKind#UNSUPPORTED}
 * @param maxKeyBytes longest key in UTF-8 bytes
 * @param maxDocumentBytes largest document
 * @param wholeWriteBytes up to this size a document is best given as {@link DocumentContent.Whole}: one request, one buffer
 * @param wholeWriteCopies how often such a write holds the document in memory, beyond the caller's buffer
 * @param streamBufferBytes memory that one streamed write of more than that needs beyond the caller's; a shorter stream may be
 *     collected first, and takes what a whole document takes
 * @param readAheadBytes memory that one streamed read may hold beyond what its reader was given
 */
public record Capabilities(
        Set<Feature> features,
        int maxKeyBytes,
        long maxDocumentBytes,
        long wholeWriteBytes,
        int wholeWriteCopies,
        long streamBufferBytes,
        long readAheadBytes) {

    public Capabilities {
        features = Set.copyOf(features);
    }

    /** Whether the store has this feature. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** The same limits without these features. */
    public Capabilities without(Set<Feature> missing) {
        return new Capabilities(
                features.stream().filter(feature -> !missing.contains(feature)).collect(Collectors.toUnmodifiableSet()),
                maxKeyBytes,
                maxDocumentBytes,
                wholeWriteBytes,
                wholeWriteCopies,
                streamBufferBytes,
                readAheadBytes);
    }

    /** What is left of it for a provider that is registered as not writable: whatever changes nothing. */
    public Capabilities readOnly() {
        return without(Feature.PROTECTED_WRITES).without(Set.of(Feature.KEEP_FOREVER));
    }

    /** The same limits with these features too. */
    public Capabilities with(Set<Feature> more) {
        return new Capabilities(
                Stream.concat(features.stream(), more.stream()).collect(Collectors.toUnmodifiableSet()),
                maxKeyBytes,
                maxDocumentBytes,
                wholeWriteBytes,
                wholeWriteCopies,
                streamBufferBytes,
                readAheadBytes);
    }
}
