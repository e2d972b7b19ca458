package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ProbeReport.Outcome;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Runs what a probe tries, one after another, and notes how each ended. */
final class ProbeSteps {

    private final List<ProbeReport.Step> steps = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /**
     * One thing to try.
     *
     * @param name a stable word
     * @param hint what to know or do where the store lacks it
     * @param permission what the credentials need to try it
     * @param attempt whether the store has it; run at most once
     */
    record Trial(String name, String hint, String permission, Supplier<Uni<Boolean>> attempt) {}

    /** Something without which the store is of no use: whatever stands in its way is a failure. */
    Uni<Boolean> must(String name, Supplier<Uni<Boolean>> attempt) {
        return run(new Trial(name, "", "", attempt), Outcome.FAILED, Outcome.FAILED);
    }

    /** Something that the operator counts on: lacking it is a failure, not being allowed to look is none. */
    Uni<Boolean> ought(Trial trial) {
        return run(trial, Outcome.FAILED, Outcome.SKIPPED);
    }

    /** Something that a store may lack. Only an outage makes it a failure. */
    Uni<Boolean> may(Trial trial) {
        return run(trial, Outcome.SKIPPED, Outcome.SKIPPED);
    }

    boolean saw(String name) {
        return seen.contains(name);
    }

    List<ProbeReport.Step> steps() {
        return steps;
    }

    private Uni<Boolean> run(Trial trial, Outcome lacking, Outcome denied) {
        long start = System.nanoTime();
        return Uni.createFrom()
                .deferred(trial.attempt()::get)
                .invoke(there -> note(
                        trial.name(), start, there ? Outcome.OK : lacking, there ? "" : trial.hint(), Optional.empty()))
                .onFailure(StorageException.class)
                .recoverWithItem(failure -> failed(trial, start, lacking, denied, (StorageException) failure));
    }

    private boolean failed(Trial trial, long start, Outcome lacking, Outcome denied, StorageException failure) {
        switch (failure.kind()) {
            case PERMISSION_DENIED ->
                note(
                        trial.name(),
                        start,
                        denied,
                        denied == Outcome.FAILED
                                ? failure.getMessage()
                                : "These credentials may not try this; it needs " + trial.permission() + ".",
                        Optional.of(failure.kind()));
            case UNSUPPORTED -> note(trial.name(), start, lacking, trial.hint(), Optional.of(failure.kind()));
            default ->
                note(
                        trial.name(),
                        start,
                        graver(lacking, failure.kind()),
                        failure.getMessage(),
                        Optional.of(failure.kind()));
        }
        return false;
    }

    private static Outcome graver(Outcome lacking, ErrorKind kind) {
        return kind.outage() ? Outcome.FAILED : lacking;
    }

    private void note(String name, long start, Outcome outcome, String hint, Optional<ErrorKind> failure) {
        steps.add(new ProbeReport.Step(name, outcome, Duration.ofNanos(System.nanoTime() - start), hint, failure));
        if (outcome == Outcome.OK) {
            seen.add(name);
        }
    }
}
