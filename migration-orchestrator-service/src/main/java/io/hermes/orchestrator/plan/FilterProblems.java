package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.plan.FilterCriteria.Problem;
import jakarta.annotation.Nullable;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Checks filter criteria before a job is created with them. */
final class FilterProblems {

    private static final int MOST_VALUES = 100;
    private static final int LONGEST_VALUE = 1024;
    private static final int MOST_STARS = 16;
    private static final int MOST_DAYS = 36_500;

    private final List<Problem> problems = new ArrayList<>();

    private FilterProblems() {}

    static List<Problem> of(FilterCriteria criteria) {
        FilterProblems found = new FilterProblems();
        found.checkPrefix(criteria.pathPrefix());
        found.checkGlobs(criteria.glob());
        found.checkRange("minAgeDays", criteria.minAgeDays(), MOST_DAYS);
        found.checkRange("maxAgeDays", criteria.maxAgeDays(), MOST_DAYS);
        found.checkRange("minSizeBytes", criteria.minSizeBytes(), Long.MAX_VALUE);
        found.checkRange("maxSizeBytes", criteria.maxSizeBytes(), Long.MAX_VALUE);
        found.checkLimit(criteria.limit());
        found.checkOrder("minAgeDays", criteria.minAgeDays(), "maxAgeDays", criteria.maxAgeDays());
        found.checkOrder("minSizeBytes", criteria.minSizeBytes(), "maxSizeBytes", criteria.maxSizeBytes());
        found.checkOrder("modifiedAfter", criteria.modifiedAfter(), "modifiedBefore", criteria.modifiedBefore());
        found.checkValues("status", criteria.status());
        found.checkValues("documentType", criteria.documentType());
        found.checkValues("projects", criteria.projects());
        found.checkValues("excludeProjects", criteria.excludeProjects());
        found.checkValues("tags", criteria.tags());
        return List.copyOf(found.problems);
    }

    private void checkPrefix(@Nullable String prefix) {
        if (prefix == null) {
            return;
        }
        String folder = KeyFilter.folder(prefix);
        boolean bad = prefix.length() > LONGEST_VALUE
                || prefix.indexOf('\0') >= 0
                || prefix.startsWith("/")
                || List.of(folder.split("/", -1)).stream()
                        .anyMatch(segment -> segment.equals(".")
                                || segment.equals("..")
                                || (segment.isEmpty() && !folder.isEmpty()));
        if (bad) {
            add("pathPrefix", "must be a folder such as rfc/2024, relative, without empty, '.' or '..' segments");
        }
    }

    private void checkGlobs(List<String> globs) {
        checkValues("glob", globs);
        for (String glob : globs) {
            if (glob.chars().filter(c -> c == '*').count() > MOST_STARS) {
                add("glob", "must not hold more than " + MOST_STARS + " asterisks");
            } else if (!isGlob(glob)) {
                add("glob", "must be a glob pattern such as **/*.md");
            }
        }
    }

    private static boolean isGlob(String glob) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + glob);
            return true;
        } catch (PatternSyntaxException | UnsupportedOperationException malformed) {
            return false;
        }
    }

    private void checkValues(String field, List<String> values) {
        if (values.size() > MOST_VALUES) {
            add(field, "must not have more than " + MOST_VALUES + " values");
        }
        if (values.stream()
                .anyMatch(value -> value.isBlank() || value.length() > LONGEST_VALUE || value.indexOf('\0') >= 0)) {
            add(field, "must not hold an empty value, one longer than " + LONGEST_VALUE + " characters, or NUL");
        }
    }

    private void checkRange(String field, @Nullable Number value, long most) {
        if (value != null && (value.longValue() < 0 || value.longValue() > most)) {
            add(field, "must be between 0 and " + most);
        }
    }

    private void checkLimit(@Nullable Long limit) {
        if (limit != null && limit < 1) {
            add("limit", "must be at least 1");
        }
    }

    private <T extends Comparable<T>> void checkOrder(
            String lowField, @Nullable T low, String highField, @Nullable T high) {
        if (low != null && high != null && low.compareTo(high) > 0) {
            add(lowField, "must not be greater than " + highField);
        }
    }

    private void add(String field, String message) {
        problems.add(new Problem(field, message));
    }
}
