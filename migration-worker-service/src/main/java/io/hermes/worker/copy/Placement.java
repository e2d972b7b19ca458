package io.hermes.worker.copy;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import io.hermes.storage.document.DocumentIdentity;
import io.hermes.storage.document.PathTemplate;
import java.util.UUID;

/**
 * Where a document goes and what it carries.
 *
 * @param uuid its identity, never invented
 * @param key its key at the destination
 * @param metadata what travels with it
 * @param marker our signature
 */
record Placement(UUID uuid, DocumentKey key, DocumentMetadata metadata, Marker marker) {

    /** Fails {@code KEY_INVALID} where the template and the document's values make no key, {@code CONFIG_INVALID} for no template. */
    static Placement of(Transfer transfer, PinnedSource source) {
        UUID uuid = DocumentIdentity.of(
                transfer.task().source().providerUuid(),
                source.stat().key(),
                source.stat().metadata(),
                source.frontmatter());
        DocumentMetadata metadata = TravellingMetadata.of(source.stat(), source.frontmatter(), uuid);
        DocumentKey key = PathTemplate.of(
                        transfer.destination().opened().provider().config())
                .render(uuid, source.stat().key(), metadata, source.stat().modified());
        return new Placement(uuid, key, metadata, transfer.marker(source.revision()));
    }

    Placement at(DocumentKey other) {
        return new Placement(uuid, other, metadata, marker);
    }
}
