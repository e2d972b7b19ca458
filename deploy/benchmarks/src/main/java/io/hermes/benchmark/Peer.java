package io.hermes.benchmark;

import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.peer.Rclone;
import io.hermes.benchmark.place.Place;
import io.hermes.benchmark.suite.Suite;
import java.io.IOException;

/** The peer, served by the same S3 server. */
record Peer(Rclone rclone, Suite suite) implements Mover {

    @Override
    public String name() {
        return Rclone.NAME;
    }

    @Override
    public Run copy(Scenario scenario, Place from, Place to) throws IOException, InterruptedException {
        String verb = scenario == Scenario.SECOND_PASS ? "sync" : "copy";
        return rclone.run(verb, from, to, suite.server());
    }
}
