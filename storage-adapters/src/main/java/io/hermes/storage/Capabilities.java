package io.hermes.storage;

/**
 * What an opened store can do. Booleans and limits, flat, so that a contract test can select itself from it.
 *
 * @param write documents can be written and deleted
 * @param conditionalPut {@link Precondition.IfAbsent} holds even against a concurrent writer
 * @param conditionalReplace {@link Precondition.IfMatches} holds on write
 * @param conditionalDelete {@link Precondition.IfMatches} holds on delete
 * @param refusesWrongBytes what the store accepts is what was hashed, so that a write needs no reading back
 * @param revisions the store keeps earlier revisions
 * @param userMetadata metadata (and our marker) is kept with the document
 * @param hierarchical a key cannot be both a document and a folder
 * @param maxKeyBytes longest key in UTF-8 bytes
 * @param maxDocumentBytes largest document
 * @param wholeWriteBytes up to this size a document is best given as {@link DocumentContent.Whole}: one request, one buffer
 * @param streamBufferBytes memory that one streamed write needs beyond the caller's
 */
public record Capabilities(
        boolean write,
        boolean conditionalPut,
        boolean conditionalReplace,
        boolean conditionalDelete,
        boolean refusesWrongBytes,
        boolean revisions,
        boolean userMetadata,
        boolean hierarchical,
        int maxKeyBytes,
        long maxDocumentBytes,
        long wholeWriteBytes,
        long streamBufferBytes) {}
