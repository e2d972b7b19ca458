package io.hermes.storage.s3;

import io.hermes.storage.ProbeReport;
import io.hermes.storage.ProbeReport.Outcome;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Runs what a probe tries, one after another, and notes how each ended. */
final class ProbeSteps {

    private final List<ProbeReport.Step> steps = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /** Something without which the store is of no use: not seeing it is a failure. */
    Uni<Boolean> must(String name, String hint, Supplier<Uni<Boolean>> attempt) {
        return run(name, hint, Outcome.FAILED, attempt);
    }

    /** Something that a store may lack. Only an outage makes it a failure. */
    Uni<Boolean> may(String name, String hint, Supplier<Uni<Boolean>> attempt) {
        return run(name, hint, Outcome.SKIPPED, attempt);
    }

    boolean saw(String name) {
        return seen.contains(name);
    }

    List<ProbeReport.Step> steps() {
        return steps;
    }

    private Uni<Boolean> run(String name, String hint, Outcome lacking, Supplier<Uni<Boolean>> attempt) {
        long start = System.nanoTime();
        return Uni.createFrom()
                .deferred(attempt::get)
                .invoke(there -> note(name, start, there ? Outcome.OK : lacking, there ? "" : hint))
                .onFailure(StorageException.class)
                .recoverWithItem(failure -> failed(name, start, lacking, (StorageException) failure));
    }

    private boolean failed(String name, long start, Outcome lacking, StorageException failure) {
        note(name, start, failure.kind().outage() ? Outcome.FAILED : lacking, failure.getMessage());
        return false;
    }

    private void note(String name, long start, Outcome outcome, String hint) {
        steps.add(new ProbeReport.Step(name, outcome, Duration.ofNanos(System.nanoTime() - start), hint));
        if (outcome == Outcome.OK) {
            seen.add(name);
        }
    }
}
