package io.hermes.systemtests.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** A deed that is done again and again, after pauses that chance chooses, until it was done often enough. */
public final class Blows implements Fault {

    private static final Duration NOT_YET = Duration.ofMillis(50);

    private final String name;
    private final int wanted;
    private final Pauses pauses;
    private final RandomGenerator chance;
    private final BooleanSupplier worthwhile;
    private final Blow blow;
    private final AtomicInteger struck = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private Thread thread;
    private volatile Throwable failure;

    /** @param shortest and longest time between two deeds */
    public record Pauses(Duration shortest, Duration longest) {

        /** In seconds. */
        public static Pauses seconds(double shortest, double longest) {
            return new Pauses(Duration.ofMillis((long) (shortest * 1000)), Duration.ofMillis((long) (longest * 1000)));
        }

        private long draw(RandomGenerator chance) {
            return chance.nextLong(shortest.toMillis(), longest.toMillis() + 1);
        }
    }

    /**
     * Says what will be done.
     *
     * @param wanted fewer deeds prove nothing; more are not done
     * @param chance the deed's own, so that the other faults do not change its course
     * @param worthwhile whether there is anything that could be harmed now; else the deed waits
     */
    public Blows(
            String name, int wanted, Pauses pauses, RandomGenerator chance, BooleanSupplier worthwhile, Blow blow) {
        this.name = name;
        this.wanted = wanted;
        this.pauses = pauses;
        this.chance = chance;
        this.worthwhile = worthwhile;
        this.blow = blow;
    }

    @Override
    public void begin() {
        thread = Thread.ofPlatform().name(name).start(this::run);
    }

    private void run() {
        try {
            while (isOwed() && !over.await(pauses.draw(chance), TimeUnit.MILLISECONDS) && awaitWork()) {
                System.out.println("  " + name);
                if (blow.strike(chance)) {
                    struck.incrementAndGet();
                }
            }
        } catch (Throwable defect) {
            failure = defect;
        }
    }

    private boolean awaitWork() throws InterruptedException {
        while (!worthwhile.getAsBoolean()) {
            if (over.await(NOT_YET.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Fails if a deed could not be done as intended: then nothing is proven. */
    @Override
    public void end() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new AssertionError(name + " could not be done", failure);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int struck() {
        return struck.get();
    }

    @Override
    public int wanted() {
        return failure == null ? wanted : 0;
    }
}
