package io.hermes.orchestrator.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A job, and what workers have said about it that has not arrived yet. */
public final class World {

    /** Small seeds begin alike, as far as a coin is concerned. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Model job = new Model();
    private final List<Told> onTheWay = new ArrayList<>();
    private List<Told> last = List.of();

    public Model job() {
        return job;
    }

    /** The job went this way. */
    public void went(Model way) {
        job = way;
    }

    /** Whether everything that workers have said has arrived. */
    public boolean heardAll() {
        return onTheWay.isEmpty();
    }

    /** The sweeper goes its rounds: it looks at leases only when everything has arrived, because what is on its way may renew them. */
    public void sweeps(Command.Sweep sweep) {
        if (heardAll()) {
            Steps.apply(job, sweep);
        }
    }

    /** A worker says something about a dispatch that there was. */
    public void says(Command.Says says) {
        Steps.document(job, says.document()).ifPresent(document -> {
            int dispatch = document.epoch - says.before();
            if (dispatch > 0) {
                Told told = new Told(says.worker(), says.answer(), document.number, dispatch);
                onTheWay.addAll(Collections.nCopies(says.copies(), told));
            }
        });
    }

    /** Takes the next chunk from what is on its way. */
    public List<Told> arriving(int most, long order) {
        Collections.shuffle(onTheWay, new Random(order * SPREAD));
        List<Told> next = onTheWay.subList(0, Math.min(most, onTheWay.size()));
        last = List.copyOf(next);
        next.clear();
        return last;
    }

    /** The chunk before. */
    public List<Told> arrived() {
        return last;
    }
}
