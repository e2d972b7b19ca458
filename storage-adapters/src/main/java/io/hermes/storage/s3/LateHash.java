package io.hermes.storage.s3;

import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.stream.Stream;

/** The hash of a large document, told when all its bytes have gone by. */
final class LateHash {

    private LateHash() {}

    /** Adds it as a tag. The document is there and proven whatever becomes of this; a hash that could not be added is named as lost. */
    static Uni<Written> add(ObjectTags tags, WriteRequest request, Written written) {
        return tags.addHash(request.key(), written.revision(), written.hash())
                .map(requests -> more(written, requests, List.of()))
                .onFailure(StorageException.class)
                .recoverWithItem(() -> more(written, 2, List.of("contentHash")));
    }

    /** The same result after more requests, with more loss. */
    static Written more(Written written, int requests, List<String> loss) {
        return new Written(
                written.revision(),
                written.hash(),
                written.size(),
                written.proven(),
                Stream.concat(written.metadataLoss().stream(), loss.stream()).toList(),
                written.requests() + requests);
    }
}
