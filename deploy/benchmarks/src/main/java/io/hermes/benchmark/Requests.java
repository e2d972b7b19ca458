package io.hermes.benchmark;

import io.hermes.benchmark.corpus.Corpus;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.place.Place;
import io.hermes.storage.testing.FaultProxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests to the S3 server for each document, counted by a proxy in a run that is not timed. */
record Requests(Places places, List<Mover> movers) {

    /** By mover, from a folder to a bucket and from that bucket to another part of it; listings are in it. */
    Map<String, Map<String, Double>> count(Corpus corpus) throws Exception {
        Map<String, Map<String, Double>> counts = new LinkedHashMap<>();
        for (Mover mover : movers) {
            Map<String, Double> counted = new LinkedHashMap<>();
            Place.Folder folder = new Place.Folder(corpus.folder());
            Place.Prefix first = (Place.Prefix) places.fresh(Scenario.Kind.BUCKET);
            counted.put(Scenario.SMALL_LOCAL_S3.label(), count(mover, Scenario.SMALL_LOCAL_S3, folder, first, corpus));
            Place.Prefix second = (Place.Prefix) places.fresh(Scenario.Kind.BUCKET);
            counted.put(Scenario.SMALL_S3_S3.label(), count(mover, Scenario.SMALL_S3_S3, first, second, corpus));
            counts.put(mover.name(), counted);
        }
        return counts;
    }

    private static double count(Mover mover, Scenario scenario, Place from, Place.Prefix to, Corpus corpus)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.before(to.server().endpoint())) {
            Place source = from instanceof Place.Prefix prefix ? prefix.through(proxy.endpoint()) : from;
            Run unused = mover.copy(scenario, source, to.through(proxy.endpoint()));
            return (double) proxy.requests().size() / corpus.documents();
        }
    }
}
