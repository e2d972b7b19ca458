package io.hermes.systemtests.oracle;

import io.hermes.stack.proof.BucketReader;
import io.hermes.stack.proof.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A place in a bucket, asked at the server itself and not through the proxy that stands before it. Reserved names are no documents:
 * a note about an upload that was cut off stays until the housekeeping finds it.
 *
 * @param prefix with a slash at its end
 */
public record Bucket(BucketReader server, String prefix) implements Store {

    private static final String RESERVED = ".hermes-";

    /** S3Proxy shows an upload by parts that is on its way, or was cut off, as an object named by its key and its id. */
    private static final Pattern UPLOAD =
            Pattern.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    @Override
    public List<String> keys() throws IOException {
        return server.keys(prefix).stream()
                .map(key -> key.substring(prefix.length()))
                .filter(key -> !key.startsWith(RESERVED) && !UPLOAD.matcher(key).matches())
                .toList();
    }

    @Override
    public Fingerprint content(String key) throws IOException {
        return server.fingerprint(prefix + key);
    }
}
