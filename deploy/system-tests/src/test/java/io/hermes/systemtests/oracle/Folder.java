package io.hermes.systemtests.oracle;

import io.hermes.stack.proof.Fingerprint;
import io.hermes.stack.proof.SourceFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A folder on disk. */
public record Folder(Path root) implements Store {

    @Override
    public List<String> keys() throws IOException {
        return List.copyOf(new SourceFolder(root).documents().keySet());
    }

    @Override
    public Fingerprint content(String key) throws IOException {
        return SourceFolder.fingerprint(root.resolve(key));
    }
}
