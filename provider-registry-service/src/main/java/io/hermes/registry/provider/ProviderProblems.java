package io.hermes.registry.provider;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.version.VersionTag;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;

/** What can be wrong about a provider, in the words of the API. */
final class ProviderProblems {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String PRIMARY_INDEX = "idx_provider_storage_primary";

    private ProviderProblems() {}

    static ApiProblem unknown() {
        return ApiProblem.of(
                404,
                "PROVIDER_UNKNOWN",
                "No such provider",
                "No provider has this id, UUID or name; GET /api/v2/providers lists them.");
    }

    static ApiProblem nameTaken(String name) {
        return ApiProblem.of(
                409,
                "PROVIDER_NAME_TAKEN",
                "The name is taken",
                "Another provider is called '" + name + "'; choose another name or PATCH that one.");
    }

    static ApiProblem primaryExists() {
        return ApiProblem.of(
                409,
                "PRIMARY_EXISTS",
                "There is a primary provider",
                "Only one provider can be primary; PATCH the present one to isPrimary=false first.");
    }

    static ApiProblem immutable(String field) {
        return ApiProblem.of(
                409,
                "PROVIDER_IMMUTABLE",
                "This cannot be changed",
                "A provider keeps its " + field + " for ever; register another one.");
    }

    static ApiProblem changedMeanwhile(long version) {
        return VersionTag.changedMeanwhile("provider", version);
    }

    /** @throws ApiProblem 409 for what the file of providers describes */
    static void requireNotDeclared(Provider row) {
        if (row.isDeclared()) {
            throw ApiProblem.of(
                    409,
                    "PROVIDER_MANAGED_BY_CONFIG",
                    "The provider is described by a file",
                    "'" + row.providerName
                            + "' is described by the file of providers: edit the file. To edit it here from now on, take it out of the"
                            + " file and PATCH it with ?detach=true.");
        }
    }

    static ApiProblem inUse(String name, List<String> jobs) {
        return ApiProblem.of(
                        409,
                        "PROVIDER_IN_USE",
                        "The provider is in use",
                        "'" + name + "' is used by " + jobs.size() + " unfinished job(s); let them end or cancel them.")
                .with("jobs", jobs);
    }

    static ApiProblem disabled(String name) {
        return ApiProblem.of(
                409, "PROVIDER_DISABLED", "The provider is disabled", "'" + name + "' is disabled; PATCH its status.");
    }

    static ApiProblem notWritable(String name) {
        return ApiProblem.of(
                409,
                "PROVIDER_NOT_WRITABLE",
                "The provider is not writable",
                "'" + name + "' cannot be a destination: it is readonly or isWritable=false.");
    }

    static ApiProblem quotaExceeded(Provider full) {
        return ApiProblem.of(
                409,
                "PROVIDER_QUOTA_EXCEEDED",
                "The provider is full",
                "'" + full.providerName + "' holds " + full.documentCount + " documents of " + full.totalSizeBytes
                        + " bytes, and its quota is " + limits(full.quota)
                        + ". PATCH the quota, or remove documents and POST …/scan so that they are counted anew.");
    }

    private static String limits(Quota quota) {
        return Stream.of(
                        quota.maxDocuments() == null ? "" : quota.maxDocuments() + " documents",
                        quota.maxBytes() == null ? "" : quota.maxBytes() + " bytes")
                .filter(limit -> !limit.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    /** The database decides about uniqueness; this puts its answer into words. */
    static Throwable ofDatabase(Throwable failure, String name) {
        if (!(failure instanceof ConstraintViolationException refused)
                || !UNIQUE_VIOLATION.equals(refused.getSQLState())) {
            return failure;
        }
        return PRIMARY_INDEX.equals(refused.getConstraintName()) ? primaryExists() : nameTaken(name);
    }
}
