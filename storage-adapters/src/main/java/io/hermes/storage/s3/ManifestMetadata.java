package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
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

    /** For the name of the write, and for a hash that is not known yet. */
    private static final int MARGIN = 128;

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
        byte[] unnamed = Manifest.bytes("", request, hash);
        String write = nameOf(request, unnamed);
        boolean tooLong = unnamed.length > Manifest.MOST_BYTES - MARGIN;
        return tooLong
                ? user.attached(new KeptIn.Itself(), Map.of(), false, user.loss())
                : user.attached(new KeptIn.Manifest(write, user.loss().size()), Map.of(), true, List.of());
    }

    /** A repetition of a write with a marker has the same name, so that an upload by parts can be taken up again. */
    private static String nameOf(WriteRequest request, byte[] unnamed) {
        return request.marker().isPresent()
                ? ContentHash.of(ByteBuffer.wrap(unnamed)).hex().substring(0, Long.BYTES * 2)
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    @Override
    public Uni<Written> follow(WriteRequest request, Attached attached, Written written) {
        return attached.keptIn() instanceof KeptIn.Manifest manifest
                ? put(request, manifest, written.hash()).replaceWith(written.after(1, List.of()))
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
