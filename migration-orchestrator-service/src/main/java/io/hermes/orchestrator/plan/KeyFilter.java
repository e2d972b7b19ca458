package io.hermes.orchestrator.plan;

import io.hermes.storage.ListPage;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides about documents by what a listing tells. Ages count from when the job was started, on every page and after a restart. */
public final class KeyFilter {

    private final FilterCriteria criteria;
    private final Instant started;
    private final List<PathMatcher> globs;

    /** @param started when the job was started */
    public KeyFilter(FilterCriteria criteria, Instant started) {
        this.criteria = criteria;
        this.started = started;
        this.globs = criteria.glob().stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    /** The folder that a listing is limited to. */
    static String folder(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** The folder to list, empty for everything. */
    public String folder() {
        return criteria.pathPrefix() == null ? "" : folder(criteria.pathPrefix());
    }

    boolean accepts(ListPage.Entry entry) {
        return acceptsName(entry.key().value()) && acceptsSize(entry.size()) && acceptsTime(entry.modified());
    }

    /** Also for names that cannot be keys: what the glob excludes was never asked for. */
    public boolean acceptsName(String name) {
        if (globs.isEmpty()) {
            return true;
        }
        try {
            Path path = Path.of(name);
            return globs.stream().anyMatch(glob -> glob.matches(path));
        } catch (InvalidPathException notAPathHere) {
            return false;
        }
    }

    private boolean acceptsSize(long size) {
        return (criteria.minSizeBytes() == null || size >= criteria.minSizeBytes())
                && (criteria.maxSizeBytes() == null || size <= criteria.maxSizeBytes());
    }

    private boolean acceptsTime(Instant modified) {
        return (criteria.modifiedBefore() == null || modified.isBefore(criteria.modifiedBefore()))
                && (criteria.modifiedAfter() == null || !modified.isBefore(criteria.modifiedAfter()))
                && (criteria.minAgeDays() == null || !modified.isAfter(daysAgo(criteria.minAgeDays())))
                && (criteria.maxAgeDays() == null || !modified.isBefore(daysAgo(criteria.maxAgeDays())));
    }

    private Instant daysAgo(int days) {
        return started.minus(Duration.ofDays(days));
    }
}
