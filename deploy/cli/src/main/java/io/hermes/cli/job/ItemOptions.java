package io.hermes.cli.job;

import io.hermes.cli.api.Query;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which documents of which job. */
final class ItemOptions {

    @Parameters(paramLabel = "JOB", description = "Id or UUID of the job.")
    private String job;

    @Option(
            names = "--status",
            paramLabel = "WORD",
            completionCandidates = Words.ItemStatuses.class,
            description = "Only such: ${COMPLETION-CANDIDATES}.")
    private String status;

    @Option(names = "--code", paramLabel = "CODE", description = "Only those with this error code.")
    private String code;

    @Option(names = "--search", paramLabel = "TEXT", description = "Only those whose key holds this.")
    private String search;

    String job() {
        return job;
    }

    Query query() {
        return Query.of(Jobs.path(job) + "/items")
                .with("status", status)
                .with("errorCode", code)
                .with("q", search);
    }
}
