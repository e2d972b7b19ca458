package io.hermes.cli.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Option;

/** Which documents of the source a job takes. */
final class FilterOptions {

    @Option(names = "--path-prefix", paramLabel = "FOLDER", description = "Only below this folder.")
    private String pathPrefix;

    @Option(names = "--glob", paramLabel = "PATTERN", description = "Only keys like **/*.md. May be repeated.")
    private List<String> globs;

    @Option(names = "--min-age-days", paramLabel = "DAYS", description = "Changed at least so many days ago.")
    private Integer minAgeDays;

    @Option(names = "--max-age-days", paramLabel = "DAYS", description = "Changed at most so many days ago.")
    private Integer maxAgeDays;

    @Option(
            names = "--modified-before",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Changed before this time, such as 2026-01-31 or 2026-01-31T12:00:00Z.")
    private String modifiedBefore;

    @Option(
            names = "--modified-after",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Changed at this time or later.")
    private String modifiedAfter;

    @Option(
            names = "--min-size",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "At least so large: bytes, or with K, M, G for powers of 1024.")
    private Long minSize;

    @Option(names = "--max-size", paramLabel = "SIZE", converter = Size.class, description = "At most so large.")
    private Long maxSize;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many documents, in the order of the listing.")
    private Long limit;

    @Option(
            names = "--document-status",
            paramLabel = "WORD",
            description = "Only documents with this workflow status. May be repeated.")
    private List<String> statuses;

    @Option(
            names = "--document-type",
            paramLabel = "WORD",
            description = "Only documents of this type. May be repeated.")
    private List<String> documentTypes;

    @Option(names = "--project", paramLabel = "NAME", description = "Only documents of this project. May be repeated.")
    private List<String> projects;

    @Option(
            names = "--exclude-project",
            paramLabel = "NAME",
            description = "No documents of this project. May be repeated.")
    private List<String> excludedProjects;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only documents with this tag, or one of several.")
    private List<String> tags;

    /** What was given, by the names of the API. */
    ObjectNode json() {
        ObjectNode filter = JsonNodeFactory.instance.objectNode();
        Given given = new Given(filter);
        given.text("pathPrefix", pathPrefix);
        given.texts("glob", globs);
        given.number("minAgeDays", minAgeDays);
        given.number("maxAgeDays", maxAgeDays);
        given.text("modifiedBefore", modifiedBefore);
        given.text("modifiedAfter", modifiedAfter);
        given.number("minSizeBytes", minSize);
        given.number("maxSizeBytes", maxSize);
        given.number("limit", limit);
        given.texts("status", statuses);
        given.texts("documentType", documentTypes);
        given.texts("projects", projects);
        given.texts("excludeProjects", excludedProjects);
        given.texts("tags", tags);
        return filter;
    }
}
