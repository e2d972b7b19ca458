package io.hermes.systemtests;

import io.hermes.systemtests.fault.storage.Choice;
import java.nio.file.Path;

/**
 * Documents that a migration has brought into the bucket, for trials in which the bucket is the source: they carry what the suite
 * writes beside a document, its hash above all. Filled once for all trials of a run.
 *
 * @param corpus what they are; its folder is where they came from
 */
record Depot(Corpus corpus) {

    /** Where in the bucket. */
    static final String PLACE = "depot";

    private static final int DOCUMENTS = 36;
    private static Depot filled;

    static synchronized Depot on(Stage stage) throws Exception {
        if (filled == null) {
            try (Trial trial = Trial.copying(stage, PLACE, DOCUMENTS)) {
                trial.run().assertAllArrivedUncharged();
                filled = new Depot(trial.corpus());
            }
        }
        return filled;
    }

    /** A trial that copies them to another place of the bucket, {@code name}. */
    Trial toBucket(Stage stage, String name, Job.Terms terms) throws Exception {
        return Trial.along(stage, name, corpus, Route.betweenPlaces(stage.description(), name, PLACE), terms);
    }

    /** A trial that copies them to a folder of its own. */
    Trial toFolder(Stage stage, String name) throws Exception {
        return toFolder(stage, name, Stage.home().resolve("arrived").resolve(name), Job.Terms.USUAL);
    }

    /** A trial that copies them to this folder. */
    Trial toFolder(Stage stage, String name, Path folder, Job.Terms terms) throws Exception {
        return Trial.along(stage, name, corpus, Route.toFolder(stage.description(), name, PLACE, folder), terms);
    }

    /** Some of those of this size, for a fault that hits each so many times. */
    Choice choose(String purpose, int count, long smallest, long largest, int times) {
        return Choice.of(
                count, corpus.keys(smallest, largest), times, Seed.ofRun().of(purpose));
    }
}
