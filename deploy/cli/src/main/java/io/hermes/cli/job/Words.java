package io.hermes.cli.job;

import java.util.Iterator;
import java.util.List;

/** Words of the API that a shell can complete. The service decides which it takes, so a newer one may take more. */
final class Words {

    private Words() {}

    /** What a job does with documents. */
    static final class Strategies extends Candidates {
        Strategies() {
            super("copy", "move", "mirror", "verify");
        }
    }

    /** What becomes of a taken key. */
    static final class ConflictPolicies extends Candidates {
        ConflictPolicies() {
            super("skip_identical", "overwrite", "keep_both");
        }
    }

    /** How a copy is proven. */
    static final class Proofs extends Candidates {
        Proofs() {
            super("store_checked", "read_back");
        }
    }

    /** Where a job stands. */
    static final class JobStatuses extends Candidates {
        JobStatuses() {
            super("pending", "running", "paused", "completed", "failed", "cancelled");
        }
    }

    /** Where a document stands. */
    static final class ItemStatuses extends Candidates {
        ItemStatuses() {
            super("pending", "in_progress", "completed", "failed", "skipped");
        }
    }

    private abstract static class Candidates implements Iterable<String> {

        private final List<String> words;

        Candidates(String... words) {
            this.words = List.of(words);
        }

        @Override
        public Iterator<String> iterator() {
            return words.iterator();
        }
    }
}
