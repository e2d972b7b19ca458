package io.hermes.benchmark;

import io.hermes.benchmark.corpus.Corpus;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.place.Place;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What ours moves before anything is compared.
 *
 * @param documents so many at least
 * @param ways that they go, one job each in turns, since each has code of its own; the first is what the first, cold job does
 */
record WarmUp(int documents, List<Scenario> ways) {

    private static final Scenario FIRST = Scenario.SMALL_LOCAL_S3;

    /** Goes the ways that are measured then. */
    static WarmUp before(Set<Scenario> measured, int documents) {
        List<Scenario> others = Stream.of(Scenario.SMALL_S3_S3, Scenario.SMALL_S3_LOCAL, Scenario.SMALL_S3_LOCAL_GROUP)
                .filter(measured::contains)
                .toList();
        return new WarmUp(
                documents, Stream.concat(Stream.of(FIRST), others.stream()).toList());
    }

    /** For workers of which only the first way is measured, so many times as much as one of them. */
    WarmUp forWorkers(int workers) {
        return new WarmUp(workers * documents, List.of(FIRST));
    }

    /** @return seconds of the first job, which is cold; NaN without any */
    double of(Mover ours, Places places, Corpus small) throws Exception {
        Place folder = new Place.Folder(small.folder());
        Place bucket = places.fresh(Scenario.Kind.BUCKET);
        double cold = Double.NaN;
        for (int job = 0; job * small.documents() < documents; job++) {
            Scenario way = ways.get(job % ways.size());
            Place destination = job == 0 ? bucket : places.fresh(way.to());
            Run run = ours.copy(way, way.from() == Scenario.Kind.FOLDER ? folder : bucket, destination);
            cold = job == 0 ? run.seconds() : cold;
            System.out.printf("  %-22s %-13s %8.2f s, warming up%n", way.label(), ours.name(), run.seconds());
        }
        return cold;
    }
}
