package io.hermes.systemtests.oracle;

import io.hermes.stack.proof.Fingerprint;
import java.io.IOException;
import java.util.List;

/** One side of a job as a stranger sees it: what stands there now, whoever put it. */
public interface Store {

    /** Every key there, without what is above the job's own place. */
    List<String> keys() throws IOException;

    /** What stands under this key, to the last byte. Fails if nothing does. */
    Fingerprint content(String key) throws IOException;
}
