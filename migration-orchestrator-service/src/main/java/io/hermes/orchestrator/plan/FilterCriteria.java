package io.hermes.orchestrator.plan;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hermes.contract.task.CopyTask;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which documents of the source a job takes (SPEC §1.5). Every condition given must hold; of a list, one value must. What the
 * listing tells is decided by the planner; {@code status}, {@code documentType}, {@code projects}, {@code excludeProjects} and
 * {@code tags} only the document can tell, so the worker decides these and skips what they exclude.
 *
 * @param pathPrefix folder below which to look; {@code production} does not match {@code production-old}
 * @param glob patterns of whole keys as {@link java.nio.file.FileSystem#getPathMatcher} knows them, one or several
 * @param minAgeDays last changed at least so many days before the job was started
 * @param maxAgeDays last changed at most so many days before the job was started
 * @param modifiedBefore last changed before this instant
 * @param modifiedAfter last changed at or after this instant
 * @param minSizeBytes smallest size, inclusive
 * @param maxSizeBytes largest size, inclusive
 * @param limit at most so many documents, in the order of the listing
 * @param status workflow statuses that pass
 * @param documentType document types that pass
 * @param projects projects that pass
 * @param excludeProjects projects that do not pass
 * @param tags a document passes with at least one of these
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FilterCriteria(
        @Nullable String pathPrefix,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> glob,

        @Nullable Integer minAgeDays,
        @Nullable Integer maxAgeDays,
        @Nullable Instant modifiedBefore,
        @Nullable Instant modifiedAfter,
        @Nullable Long minSizeBytes,
        @Nullable Long maxSizeBytes,
        @Nullable Long limit,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> status,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> documentType,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> projects,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> excludeProjects,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> tags) {

    /** Everything. */
    public static final FilterCriteria EVERYTHING =
            new FilterCriteria(null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private static final ObjectReader JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build()
            .readerFor(FilterCriteria.class);

    public FilterCriteria {
        glob = orEmpty(glob);
        status = orEmpty(status);
        documentType = orEmpty(documentType);
        projects = orEmpty(projects);
        excludeProjects = orEmpty(excludeProjects);
        tags = orEmpty(tags);
    }

    /**
     * One thing wrong with the criteria.
     *
     * @param field its name in JSON
     * @param message what is wrong and what to do
     */
    public record Problem(String field, String message) {}

    /** Reads what was stored with a job. */
    public static FilterCriteria parse(@Nullable String json) {
        if (json == null || json.isBlank() || json.equals("null")) {
            return EVERYTHING;
        }
        try {
            return JSON.readValue(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("the job's filterCriteria cannot be read", malformed);
        }
    }

    /** Everything that is wrong with these criteria; empty if a job may be created with them. */
    public List<Problem> problems() {
        return FilterProblems.of(this);
    }

    /** What the worker decides; absent if the documents' metadata does not matter. */
    public Optional<CopyTask.ContentFilter> contentFilter() {
        if (status.isEmpty()
                && documentType.isEmpty()
                && projects.isEmpty()
                && excludeProjects.isEmpty()
                && tags.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CopyTask.ContentFilter(
                Set.copyOf(status),
                Set.copyOf(documentType),
                Set.copyOf(projects),
                Set.copyOf(excludeProjects),
                Set.copyOf(tags)));
    }

    /** Whether nothing but a document's key decides. */
    public boolean byKeyOnly() {
        return equals(new FilterCriteria(
                pathPrefix, glob, null, null, null, null, null, null, null, null, null, null, null, null));
    }

    private static List<String> orEmpty(@Nullable List<String> values) {
        return values == null ? List.of() : values.stream().map(String::valueOf).toList();
    }
}
