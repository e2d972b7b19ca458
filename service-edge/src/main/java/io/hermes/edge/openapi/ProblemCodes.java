package io.hermes.edge.openapi;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The codes that a problem may have, by status. */
record ProblemCodes(SortedMap<Integer, SortedSet<String>> byStatus) {

    /** Those of every service. */
    private static final Map<Integer, List<String>> EVERYWHERE = Map.ofEntries(
            Map.entry(400, List.of("BAD_REQUEST", "MALFORMED_JSON", "UNKNOWN_QUERY_PARAMETER", "VALIDATION_FAILED")),
            Map.entry(401, List.of("UNAUTHENTICATED")),
            Map.entry(403, List.of("FORBIDDEN")),
            Map.entry(404, List.of("NOT_FOUND")),
            Map.entry(405, List.of("METHOD_NOT_ALLOWED")),
            Map.entry(406, List.of("NOT_ACCEPTABLE")),
            Map.entry(412, List.of("PRECONDITION_FAILED")),
            Map.entry(413, List.of("BODY_TOO_LARGE")),
            Map.entry(415, List.of("UNSUPPORTED_MEDIA_TYPE")),
            Map.entry(428, List.of("PRECONDITION_REQUIRED")),
            Map.entry(500, List.of("INTERNAL")),
            Map.entry(503, List.of("DATABASE_UNAVAILABLE")));

    static ProblemCodes with(Map<Integer, List<String>> more) {
        SortedMap<Integer, SortedSet<String>> all = new TreeMap<>();
        List.of(EVERYWHERE, more)
                .forEach(codes -> codes.forEach((status, words) ->
                        all.computeIfAbsent(status, first -> new TreeSet<>()).addAll(words)));
        return new ProblemCodes(all);
    }

    List<String> all() {
        return byStatus.values().stream()
                .flatMap(SortedSet::stream)
                .distinct()
                .sorted()
                .toList();
    }

    /** Those of one status, as a part of a sentence. */
    String of(int status) {
        return String.join(", ", byStatus.getOrDefault(status, new TreeSet<>()));
    }
}
