package io.hermes.orchestrator.job;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.item.DocumentLists;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Makes a list of documents the selection of a job that waits for one. Until the job is started another list may take its place. */
@ApplicationScoped
public class ListSelection {

    private static final String POINT = """
            UPDATE migration_jobs SET document_list = $2, selected_documents = $3, updated_at = now()
             WHERE id = $1 AND status = 'pending' AND selected_by = 'documentList'
            """;

    private final Transitions transitions;
    private final DocumentLists lists;

    ListSelection(Transitions transitions, DocumentLists lists) {
        this.transitions = transitions;
        this.lists = lists;
    }

    /** Whether this job takes a list at all; fails with a 422 problem if it is selected otherwise. */
    public void requireListed(JobDefinition job) {
        if (!job.selectedBy().equals("documentList")) {
            throw ApiProblem.of(
                    422,
                    "NO_LIST_WANTED",
                    "The job is not selected by a list",
                    "Job '" + job.jobName()
                            + "' selects its documents otherwise. Create a job with \"documentList\": true, and send the file to that.");
        }
    }

    /**
     * Makes the list the job's, in place of any other.
     *
     * @return lists that have lost their purpose by it; fails with a 409 problem, and leaves everything as it was, if the job is not
     *     pending any more or another file was faster
     */
    public Uni<List<Long>> adopt(JobDefinition job, long list, int documents, String actor) {
        AtomicReference<List<Long>> others = new AtomicReference<>(List.of());
        return transitions
                .locked(job.id(), (tx, known) -> adopt(tx, known, list, documents, actor, others))
                .map(answer -> switch (answer) {
                    case Transition.Done done -> others.get();
                    case Transition.AlreadyThere overtaken -> throw overtaken(job);
                    case Transition.Impossible impossible -> throw tooLate(job, impossible);
                });
    }

    private Uni<Transition> adopt(
            SqlConnection tx,
            LockedJob job,
            long list,
            int documents,
            String actor,
            AtomicReference<List<Long>> others) {
        if (job.status() != JobStatus.PENDING) {
            return Transitions.impossible(job);
        }
        return lists.adopt(tx, job.id(), list).chain(adopted -> {
            others.set(adopted.orElse(List.of()));
            return adopted.isEmpty() ? Transitions.alreadyThere() : point(tx, job, list, documents, actor);
        });
    }

    private Uni<Transition> point(SqlConnection tx, LockedJob job, long list, int documents, String actor) {
        return transitions
                .tell(tx, job, TimelineEntry.listed(actor, documents))
                .chain(() -> tx.preparedQuery(POINT).execute(Tuple.of(job.id(), list, documents)))
                .chain(Transitions::done);
    }

    private static ApiProblem overtaken(JobDefinition job) {
        return ApiProblem.of(
                409,
                "LIST_OVERTAKEN",
                "Another file was faster",
                "While this file came, another one was accepted as the list of job '" + job.jobName()
                        + "'. Send the file again if it shall take its place.");
    }

    private static ApiProblem tooLate(JobDefinition job, Transition.Impossible impossible) {
        return ApiProblem.of(
                409,
                "JOB_STATE_CONFLICT",
                "Action not possible in this state",
                "Job '" + job.jobName() + "' is " + impossible.status()
                        + "; only a pending job takes a list of documents. Create another one for this file.");
    }
}
