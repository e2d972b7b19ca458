package io.hermes.orchestrator.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Random sequences of commands, each made from a seed, and the smallest part of one that still goes wrong.
 *
 * <p>Commands name what they mean by numbers ("document 3") and do nothing where there is no such thing, so that a sequence without some
 * of its commands is a sequence too. The seeds are the same in every build: whoever looks for more gives {@code -Dmodel.from=} and
 * {@code -Dmodel.sequences=}, and repeats one with {@code -Dmodel.seed=}.
 *
 * @param <C> a command; its text is what a reader gets to see
 */
public final class Sequences<C> {

    private static final Logger LOG = Logger.getLogger(Sequences.class);
    private static final int MOST_TRIALS = 600;
    private static final int MOST_FAILURES = 3;

    private final Function<Random, List<C>> generator;
    private final Consumer<List<C>> trial;
    private int trials;

    /**
     * @param generator makes a sequence
     * @param trial runs one from the beginning, and throws if something is wrong
     */
    public Sequences(Function<Random, List<C>> generator, Consumer<List<C>> trial) {
        this.generator = generator;
        this.trial = trial;
    }

    /** Tries so many sequences, however long it takes. */
    public void check(int sequences) {
        check(sequences, Duration.ofDays(1));
    }

    /**
     * Tries so many sequences, but begins none after so much time, and says which it has tried. Fails with the seeds of the first that go
     * wrong, and the least that is needed of each.
     */
    public void check(int sequences, Duration most) {
        long began = System.nanoTime();
        Long seed = Long.getLong("model.seed");
        long from = seed == null ? Long.getLong("model.from", 0) : seed;
        long count = seed == null ? Long.getLong("model.sequences", sequences) : 1;
        List<String> wrong = new ArrayList<>();
        long next = from;
        while (next < from + count
                && wrong.size() < MOST_FAILURES
                && (next == from || System.nanoTime() - began < most.toNanos())) {
            wrong(next).ifPresent(wrong::add);
            next++;
        }
        LOG.infof("tried the sequences of the seeds %d to %d", from, next - 1);
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), wrong));
        }
    }

    private Optional<String> wrong(long seed) {
        List<C> commands = generator.apply(new Random(seed));
        return failure(commands).map(first -> {
            List<C> least = shrunk(commands);
            Throwable cause = failure(least).orElse(first);
            return "seed %d goes wrong (repeat it with -Dmodel.seed=%d); of its %d commands these %d suffice:%n%s%n%s"
                    .formatted(seed, seed, commands.size(), least.size(), lines(least), cause.getMessage());
        });
    }

    private Optional<Throwable> failure(List<C> commands) {
        try {
            trial.accept(commands);
            return Optional.empty();
        } catch (RuntimeException | AssertionError wrong) {
            return Optional.of(wrong);
        }
    }

    /** Leaves out ever smaller pieces as long as it still goes wrong without them. */
    private List<C> shrunk(List<C> commands) {
        trials = 0;
        List<C> least = commands;
        for (int piece = Math.max(1, least.size() / 2); piece > 0; piece = piece / 2) {
            least = without(least, piece);
        }
        return least;
    }

    private List<C> without(List<C> commands, int piece) {
        List<C> least = commands;
        int at = 0;
        while (at < least.size() && trials < MOST_TRIALS) {
            List<C> fewer = new ArrayList<>(least);
            fewer.subList(at, Math.min(least.size(), at + piece)).clear();
            trials++;
            if (failure(fewer).isPresent()) {
                least = fewer;
                at = piece == 1 ? 0 : at;
            } else {
                at += piece;
            }
        }
        return least;
    }

    private static String lines(List<?> commands) {
        return IntStream.range(0, commands.size())
                .mapToObj(i -> "  %2d  %s".formatted(i + 1, commands.get(i)))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
