package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.Feature;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Where documents' metadata is kept: the setting {@code metadata_store}.
 *
 * <p>Whichever way is chosen, our marker, and the hash where it is known before the bytes are sent, stand in the object's user metadata,
 * so that one request tells after a crash whose document it is. Where more of a document's metadata is kept is written on the object
 * itself ({@link KeptIn}); hence {@link MetadataReads} reads what any of the three wrote, under whichever setting.
 */
sealed interface MetadataStore permits ObjectMetadata, TagMetadata, ManifestMetadata {

    /** The ways that a provider can choose from. */
    enum Way {
        USER_METADATA("user-metadata"),
        S3_TAGS("s3-tags"),
        MANIFEST("manifest");

        final String setting;

        Way(String setting) {
            this.setting = setting;
        }
    }

    /** The way that the bucket's provider chose. */
    static MetadataStore of(S3Bucket bucket, Measured measured) {
        ObjectTags tags = new ObjectTags(bucket);
        boolean tagsSeen = measured.saw(Feature.TAGS);
        String defaultType = bucket.config().defaultContentType();
        return switch (bucket.config().metadataStore()) {
            case USER_METADATA -> new ObjectMetadata(defaultType, tagsSeen ? Optional.of(tags) : Optional.empty());
            case S3_TAGS -> new TagMetadata(defaultType, tagsSeen, tags);
            case MANIFEST -> new ManifestMetadata(defaultType, new Manifests(bucket));
        };
    }

    /** What goes into the one request that makes the document visible. */
    Attached attach(WriteRequest request, ContentHash hash);

    /** What goes into the request that begins an upload by parts; the hash only if the caller knows it already. */
    Attached attachToUpload(WriteRequest request);

    /** What is left to do once the document is visible: nothing, unless something is kept that could not go with the bytes. */
    Uni<Written> follow(WriteRequest request, Attached attached, Written written);

    /**
     * Does again what follows, for a document that an earlier delivery of the same write left without it.
     *
     * @param standing what stands under the key, with the same marker
     * @param keptIn where it says that its metadata is
     * @param hash of the bytes that the write was to write
     */
    Uni<Void> repair(WriteRequest request, DocumentStat standing, KeptIn keptIn, ContentHash hash);

    /** What goes with a document that is gone. Never before: a deletion that is refused must leave everything. */
    Uni<Void> forget(DocumentKey key);
}
