package io.hermes.storage.contract;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What an adapter brings to its contract. */
interface StoreUnderTest {

    /** Documents of more bytes than this are tests of their own. */
    int REACH = 8 * 1024 * 1024;

    /** The store, empty before each test. */
    DocumentStore store();

    /** Where tests put what they want to find; another store than {@link #store()} only where that one refuses writes. */
    DocumentStore seeder();

    /** The same container, opened once more as after a restart, where the adapter says how. The test closes it. */
    Optional<DocumentStore> reopened();

    /** Puts an object into the container past the port, under any name, ours included. */
    void plant(String name, byte[] bytes);

    /** A store whose bucket or root is not there, where such a thing can be. */
    Optional<DocumentStore> storeWithoutContainer();

    /** What no error may ever show: keys, passwords. */
    Set<String> secrets();

    /** Size of the pieces that a large document is written in, where there are such pieces; 0 elsewhere. */
    int partBytes();

    /** What a reader may meet, besides whole documents, while one takes the place of another. */
    default Set<ErrorKind> metWhileReplaced() {
        return Set.of(ErrorKind.CHANGED);
    }

    /** How often a race is run. */
    int rounds();

    /** Never to replace anything, where the store can promise that. */
    default Precondition mildest() {
        return has(Feature.CONDITIONAL_PUT) ? Precondition.ifAbsent() : Precondition.none();
    }

    /** The same for a document of this size. */
    default Precondition mildest(long size) {
        boolean holds = has(Feature.CONDITIONAL_STREAM)
                || size <= store().capabilities().wholeWriteBytes();
        return holds ? mildest() : Precondition.none();
    }

    default boolean has(Feature feature) {
        return store().capabilities().has(feature);
    }

    /** Skips the test, with the reason, where the store does not have the feature. */
    default void needs(Feature feature) {
        assumeTrue(has(feature), () -> "needs " + feature);
    }

    /** Skips the test, with the reason, where the store has the feature. */
    default void needsNot(Feature feature) {
        assumeFalse(has(feature), () -> "only without " + feature);
    }

    /** Sizes at which a write changes its way, each with its neighbours. */
    default int[] edges() {
        return IntStream.of(0, wholeBytes(), partBytes(), 2 * partBytes())
                .flatMap(edge -> IntStream.rangeClosed(edge - 1, edge + 1))
                .filter(size -> size >= 0)
                .distinct()
                .toArray();
    }

    /** A size that must be written as a stream, as far as tests reach. */
    default int largeBytes() {
        return wholeBytes() + 300_001;
    }

    private int wholeBytes() {
        long whole = store().capabilities().wholeWriteBytes();
        return whole <= REACH ? (int) whole : 1024 * 1024;
    }
}
