package io.hermes.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is moved from where to where. The label stands in the report and, hyphens and all, in the line of ratios. */
enum Scenario {
    SMALL_LOCAL_S3(Kind.FOLDER, Kind.BUCKET, "none"),
    SMALL_S3_S3(Kind.BUCKET, Kind.BUCKET, "none"),
    SMALL_S3_LOCAL(Kind.BUCKET, Kind.FOLDER, "none"),
    /** As the one before, but what is reported is on the disk; the peer does not do that. */
    SMALL_S3_LOCAL_GROUP(Kind.BUCKET, Kind.FOLDER, "group"),
    /** Everything is there already. */
    SECOND_PASS(Kind.FOLDER, Kind.BUCKET, "none"),
    BIG_LOCAL_S3(Kind.FOLDER, Kind.BUCKET, "none"),
    BIG_S3_S3(Kind.BUCKET, Kind.BUCKET, "none"),
    /** Ours with three workers against ours with one, before a store that answers late; no peer takes part. */
    THREE_WORKERS(Kind.FOLDER, Kind.BUCKET, "none");

    /** A store. */
    enum Kind {
        FOLDER,
        BUCKET
    }

    private final Kind from;
    private final Kind to;
    private final String durability;

    Scenario(Kind from, Kind to, String durability) {
        this.from = from;
        this.to = to;
        this.durability = durability;
    }

    /** {@code all}, or one label. */
    static List<Scenario> named(String word) {
        List<Scenario> named = Arrays.stream(values())
                .filter(scenario -> word.equals("all") || scenario.label().equals(word))
                .toList();
        if (named.isEmpty() && !word.equals("control-plane")) {
            throw new IllegalArgumentException("no scenario is called '" + word + "'; there are "
                    + Arrays.stream(values()).map(Scenario::label).toList() + ", all and control-plane");
        }
        return named;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Kind from() {
        return from;
    }

    Kind to() {
        return to;
    }

    /** What ours promises of a file that it has reported; of no meaning for a bucket. */
    String durability() {
        return durability;
    }

    /** Whether the peer does it too. */
    boolean isDuel() {
        return this != THREE_WORKERS;
    }

    boolean isBig() {
        return this == BIG_LOCAL_S3 || this == BIG_S3_S3;
    }
}
