package io.hermes.registry.provider;

/**
 * A part of a store's documents.
 *
 * @param extension what their names end with, in lower case; {@code (none)}, or {@code (other)} for all that are too few to be shown
 * @param documents how many
 * @param bytes their size
 */
public record Share(String extension, long documents, long bytes) {

    Share plus(Share more) {
        return new Share(extension, documents + more.documents, bytes + more.bytes);
    }
}
