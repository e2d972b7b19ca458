package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.api.Pages;
import io.hermes.cli.api.Query;
import io.hermes.cli.output.Plain;
import io.hermes.cli.output.Table;
import io.hermes.cli.session.LimitOption;
import io.hermes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which jobs there are. */
@Command(name = "list", description = "Lists jobs, newest first.")
final class ListJobs implements Callable<Integer> {

    private static final int PAGE = 100;

    private final Session session;

    @Option(
            names = "--status",
            paramLabel = "WORD",
            completionCandidates = Words.JobStatuses.class,
            description = "Only such: ${COMPLETION-CANDIDATES}.")
    private String status;

    @Option(
            names = "--strategy",
            paramLabel = "WORD",
            completionCandidates = Words.Strategies.class,
            description = "Only such: ${COMPLETION-CANDIDATES}.")
    private String strategy;

    @Option(names = "--source", paramLabel = "PROVIDER", description = "Only jobs from there.")
    private String source;

    @Option(names = "--dest", paramLabel = "PROVIDER", description = "Only jobs to there.")
    private String dest;

    @Option(names = "--created-by", paramLabel = "NAME", description = "Only jobs of this user.")
    private String createdBy;

    @Option(names = "--search", paramLabel = "TEXT", description = "Only jobs whose name holds this.")
    private String search;

    @Mixin
    private final LimitOption limit = new LimitOption();

    ListJobs(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Query query = Query.of(Jobs.PATH)
                .with("status", status)
                .with("strategy", strategy)
                .with("sourceProvider", source)
                .with("destProvider", dest)
                .with("createdBy", createdBy)
                .with("q", search);
        JsonNode answer = new Pages(session.orchestrator(), "jobs", PAGE).first(query, limit.limit());
        session.show(answer, ListJobs::lines);
        limit.noteMore(session, answer, "");
        return 0;
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table(
                ">ID", "NAME", "STATUS", ">%", ">TOTAL", ">MIGRATED", ">SKIPPED", ">FAILED", "ROUTE", "CREATED");
        answer.path("jobs")
                .forEach(job -> table.add(
                        Plain.value(job.path("id")),
                        Plain.value(job.path("jobName")),
                        JobText.standing(job),
                        Plain.value(job.path("progress").path("percent")),
                        Plain.value(job.path("totalDocuments")),
                        Plain.value(job.path("migratedDocuments")),
                        Plain.value(job.path("skippedDocuments")),
                        Plain.value(job.path("failedDocuments")),
                        Plain.value(job.path("sourceProvider")) + " > " + Plain.value(job.path("destProvider")),
                        Plain.time(job.path("createdAt"))));
        return table.lines();
    }
}
