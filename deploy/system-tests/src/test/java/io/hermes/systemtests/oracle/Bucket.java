package io.hermes.systemtests.oracle;

import io.hermes.stack.proof.BucketReader;
import io.hermes.stack.proof.Fingerprint;
import java.io.IOException;
import java.util.List;

/**
 * A place in a bucket, asked at the server itself and not through the proxy that stands before it. Reserved names are no documents:
 * a note about an upload that was cut off stays until the housekeeping finds it.
 *
 * @param prefix with a slash at its end
 */
public record Bucket(BucketReader server, String prefix) implements Store {

    private static final String RESERVED = ".hermes-";

    @Override
    public List<String> keys() throws IOException {
        return server.keys(prefix).stream()
                .map(key -> key.substring(prefix.length()))
                .filter(key -> !key.startsWith(RESERVED))
                .toList();
    }

    @Override
    public Fingerprint content(String key) throws IOException {
        return server.fingerprint(prefix + key);
    }
}
