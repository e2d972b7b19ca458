package io.hermes.storage.s3;

import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Completes what an object says about its document with what is kept apart from it. The object itself says where that is, so that what
 * any setting wrote is read under every other; only a provider that keeps metadata in tags is asked for them always, since others may
 * have put them there. A document that keeps everything in itself costs no further request.
 */
final class MetadataReads {

    private static final Logger LOG = Logger.getLogger(MetadataReads.class);

    private final boolean alwaysTags;
    private final ObjectTags tags;
    private final Manifests manifests;

    MetadataReads(S3Bucket bucket) {
        this.alwaysTags = bucket.config().metadataStore() == MetadataStore.Way.S3_TAGS;
        this.tags = new ObjectTags(bucket);
        this.manifests = new Manifests(bucket);
    }

    /** @param user the object's user metadata */
    Uni<DocumentStat> complete(String operation, DocumentStat stat, Map<String, String> user) {
        return switch (KeptIn.of(user)) {
            case KeptIn.Manifest manifest -> withManifest(operation, stat, manifest);
            case KeptIn.Tags inTags -> withTags(operation, stat);
            case KeptIn.Itself itself ->
                alwaysTags ? withTags(operation, stat) : Uni.createFrom().item(stat);
        };
    }

    /** How many requests {@link #complete} takes. */
    int requests(Map<String, String> user) {
        return KeptIn.of(user) instanceof KeptIn.Itself && !alwaysTags ? 0 : 1;
    }

    private Uni<DocumentStat> withTags(String operation, DocumentStat stat) {
        return tags.get(operation, stat.key(), stat.revision().version())
                .map(found -> with(stat, TagSet.read(found, stat.metadata())));
    }

    private Uni<DocumentStat> withManifest(String operation, DocumentStat stat, KeptIn.Manifest wanted) {
        return manifests
                .get(operation, stat.key())
                .map(found -> found.filter(manifest -> manifest.write().equals(wanted.write()))
                        .map(manifest -> with(stat, whole(manifest.metadata(), stat.metadata())))
                        .orElseGet(() -> healed(stat, wanted)));
    }

    /** The hash that was sent with the bytes, and the media type that the store serves, cannot be changed without the document. */
    private static DocumentMetadata whole(DocumentMetadata manifest, DocumentMetadata own) {
        return manifest.toBuilder()
                .contentHash(own.contentHash().or(manifest::contentHash).orElse(null))
                .contentType(manifest.contentType().or(own::contentType).orElse(null))
                .build();
    }

    /** A crash, or somebody's broom, left the document without its manifest: it has all that its own metadata holds. */
    private static DocumentStat healed(DocumentStat stat, KeptIn.Manifest missing) {
        LOG.warnf(
                "document=%s manifest=missing lost=%d: its own metadata is used; %s",
                S3Listing.printable(stat.key().value()),
                missing.only(),
                missing.only() == 0 ? "nothing is missing" : "a repeated write brings the rest back");
        return stat;
    }

    private static DocumentStat with(DocumentStat stat, DocumentMetadata metadata) {
        return new DocumentStat(stat.key(), stat.size(), stat.modified(), stat.revision(), metadata, stat.marker());
    }
}
