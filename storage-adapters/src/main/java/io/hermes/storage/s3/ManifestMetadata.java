package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Everything in a second object, the manifest, and as much as fits in the document's own user metadata too. The document comes first and
 * goes first: whatever is cut off in between, it is there with its marker, its identity and all that 2 KB hold (ADR 0009).
 */
final class ManifestMetadata implements MetadataStore {

    private final String defaultType;
    private final Manifests manifests;

    ManifestMetadata(String defaultType, Manifests manifests) {
        this.defaultType = defaultType;
        this.manifests = manifests;
    }

    @Override
    public Attached attach(WriteRequest request, ContentHash hash) {
        return attach(request, Optional.of(hash));
    }

    @Override
    public Attached attachToUpload(WriteRequest request) {
        return attach(request, request.hash());
    }

    private Attached attach(WriteRequest request, Optional<ContentHash> hash) {
        UserMetadata user = UserMetadata.of(request.metadata(), request.marker(), hash, defaultType);
        String write = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        boolean tooLong = Manifest.bytes(write, request, hash).length > Manifest.MOST_BYTES - MARGIN;
        return tooLong
                ? user.attached(new KeptIn.Itself(), Map.of(), false, user.loss())
                : user.attached(new KeptIn.Manifest(write, user.loss().size()), Map.of(), true, List.of());
    }

    /** For a hash that is not known yet. */
    private static final int MARGIN = 128;

    @Override
    public Uni<Written> follow(WriteRequest request, Attached attached, Written written) {
        return attached.keptIn() instanceof KeptIn.Manifest manifest
                ? put(request, manifest, written.hash()).replaceWith(LateTags.more(written, 1, List.of()))
                : Uni.createFrom().item(written);
    }

    /** The manifest of an earlier delivery may be missing. Whether it is costs as much to ask as to write it. */
    @Override
    public Uni<Void> repair(WriteRequest request, DocumentStat standing, KeptIn keptIn, ContentHash hash) {
        return keptIn instanceof KeptIn.Manifest manifest
                ? put(request, manifest, hash)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> put(WriteRequest request, KeptIn.Manifest manifest, ContentHash hash) {
        return manifests.put(
                request.key(), manifest.write(), Manifest.bytes(manifest.write(), request, Optional.of(hash)));
    }

    @Override
    public Uni<Void> forget(DocumentKey key) {
        return manifests.delete(key);
    }
}
