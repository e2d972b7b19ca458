package io.hermes.orchestrator.watch;

import io.hermes.orchestrator.view.ProgressView;
import java.util.Locale;

/** One thing that somebody who watches a job is told. */
public sealed interface Notice {

    /** How far the job is, always as a whole: whoever missed some of these has missed nothing. */
    record Told(Kind kind, ProgressView progress) implements Notice {}

    /** There is nothing new, and the connection lives. */
    record Silence() implements Notice {}

    /** Why a listener is told. */
    enum Kind {
        /** Figures have changed. */
        PROGRESS,
        /** The job stands in another status, waits for something else, or is to become something else. */
        STATUS,
        /** The job has ended and nothing of it is in flight; nothing follows. */
        END;

        /** The name of the event. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
