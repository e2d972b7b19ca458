package io.hermes.storage.s3;

import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** Tags of a large document, which are known, or kept, only when all its bytes have gone by. */
final class LateTags {

    private LateTags() {}

    /**
     * Adds what is missing. The document is there and proven whatever becomes of this; its hash, if it is in no header either, is then
     * named as lost.
     */
    static Uni<Written> add(ObjectTags tags, WriteRequest request, Written written, Map<String, String> wanted) {
        List<String> otherwise = request.hash().isPresent() ? List.of() : List.of("contentHash");
        return tags.complete(request.key(), written.revision(), wanted)
                .map(requests -> written.after(requests, List.of()))
                .onFailure(StorageException.class)
                .recoverWithItem(() -> written.after(2, otherwise));
    }
}
