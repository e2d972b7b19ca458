package io.hermes.benchmark.place;

import io.hermes.stack.StackDescription.S3Node;
import java.nio.file.Path;

/** Where documents are or go to. Nobody else uses it. */
public sealed interface Place {

    /** The folder in which all of it is. For a bucket this is the server's own folder, which spares questions to the server. */
    Path onDisk();

    /** What lies there now. */
    default Contents contents() {
        return Contents.of(onDisk());
    }

    /** A folder of this machine. */
    record Folder(Path onDisk) implements Place {}

    /**
     * A part of a bucket.
     *
     * @param server that holds it; its endpoint may be that of a proxy
     * @param prefix without a slash at its end
     */
    record Prefix(S3Node server, String bucket, String prefix, Path onDisk) implements Place {

        /** The same through a proxy. */
        public Prefix through(String endpoint) {
            return new Prefix(server.through(endpoint), bucket, prefix, onDisk);
        }
    }
}
