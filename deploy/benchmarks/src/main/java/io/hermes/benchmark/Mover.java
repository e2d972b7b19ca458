package io.hermes.benchmark;

import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.place.Place;

/** Who moves documents. */
interface Mover {

    /** Its name in the report. */
    String name();

    /** Copies all of it and returns when it is there. */
    Run copy(Scenario scenario, Place from, Place to) throws Exception;
}
