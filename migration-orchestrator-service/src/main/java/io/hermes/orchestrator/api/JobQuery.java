package io.hermes.orchestrator.api;

import io.hermes.contract.job.Strategy;
import io.hermes.orchestrator.job.JobFilter;
import io.hermes.orchestrator.state.JobStatus;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The query parameters of the list of jobs, as text. */
public class JobQuery {

    private static final int STANDARD = 50;
    private static final int MOST = 100;

    @Parameter(
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"pending", "running", "paused", "completed", "failed", "cancelled"}))
    @RestQuery
    String status;

    @Parameter(schema = @Schema(implementation = Strategy.class))
    @RestQuery
    String strategy;

    @RestQuery
    String sourceProvider;

    @RestQuery
    String destProvider;

    @RestQuery
    String createdBy;

    @RestQuery
    String q;

    @Parameter(
            description = "Most jobs of a page",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "" + MOST,
                            defaultValue = "" + STANDARD))
    @RestQuery
    String limit;

    @RestQuery
    String cursor;

    /** What they mean. */
    record Wish(JobFilter filter, int limit, Optional<String> cursor) {
        String scope() {
            return "jobs " + filter;
        }
    }

    Wish read() {
        QueryReader reader = new QueryReader();
        Wish wish = new Wish(
                new JobFilter(
                        reader.word("status", status, JobStatus.class, JobStatus::word),
                        reader.word("strategy", strategy, Strategy.class, Strategy::word),
                        reader.text("sourceProvider", sourceProvider),
                        reader.text("destProvider", destProvider),
                        reader.text("createdBy", createdBy),
                        reader.text("q", q)),
                reader.limit(limit, STANDARD, MOST),
                Optional.ofNullable(cursor));
        reader.check();
        return wish;
    }
}
