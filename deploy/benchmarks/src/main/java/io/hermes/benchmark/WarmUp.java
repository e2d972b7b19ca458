package io.hermes.benchmark;

import io.hermes.benchmark.corpus.Corpus;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.place.Place;

/**
 * What ours moves before anything is compared.
 *
 * @param documents so many at least
 */
record WarmUp(int documents) {

    /** So many times as much, where so many workers share it. */
    WarmUp times(int workers) {
        return new WarmUp(workers * documents);
    }

    /** @return seconds of the first job, which is cold; NaN without any */
    double of(Mover ours, Places places, Corpus small) throws Exception {
        double cold = Double.NaN;
        for (int moved = 0; moved < documents; moved += small.documents()) {
            Place destination = places.fresh(Scenario.Kind.BUCKET);
            Run run = ours.copy(Scenario.SMALL_LOCAL_S3, new Place.Folder(small.folder()), destination);
            cold = moved == 0 ? run.seconds() : cold;
            System.out.printf("  %-22s %-13s %8.2f s%n", "warming up", ours.name(), run.seconds());
            places.clear(destination);
        }
        return cold;
    }
}
