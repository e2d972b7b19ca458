package io.hermes.orchestrator.ledger;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.item.DocumentLists;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.ListSelection;
import io.hermes.orchestrator.state.MigrationSettings;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Takes a file of keys as the selection of a job: as a whole, or not at all. The next part of the file is asked for when the keys of the
 * last one are written, so that memory does not depend on its length.
 */
@ApplicationScoped
public class KeyUpload {

    private static final Logger LOG = Logger.getLogger(KeyUpload.class);

    /** Keys of one statement. */
    private static final int BATCH = 1000;

    private final DocumentLists lists;
    private final ListSelection selection;
    private final MigrationSettings settings;

    KeyUpload(DocumentLists lists, ListSelection selection, MigrationSettings settings) {
        this.lists = lists;
        this.selection = selection;
        this.settings = settings;
    }

    /** How the file is written. */
    public enum Format {
        CSV,
        NDJSON;

        private KeyFile reader() {
            return switch (this) {
                case CSV -> new CsvKeys();
                case NDJSON -> new NdjsonKeys();
            };
        }
    }

    /**
     * What a file held.
     *
     * @param documents keys that are now the job's selection, each once
     * @param repeated keys that stood in it before
     */
    public record Receipt(int documents, int repeated) {}

    /**
     * Something wrong in a file.
     *
     * @param line where, from 1
     */
    public record Fault(long line, String message) {}

    /** Fails with a problem that names the lines if the file cannot be understood; then the job keeps the list that it had. */
    public Uni<Receipt> take(JobDefinition job, String actor, Format format, Multi<byte[]> parts) {
        selection.requireListed(job);
        return lists.open(job.id()).chain(list -> {
            Filling filling = new Filling(list, format.reader());
            return fill(filling, parts)
                    .chain(receipt -> selection
                            .adopt(job, list, receipt.documents(), actor)
                            .chain(this::dropAll)
                            .replaceWith(receipt))
                    .onFailure()
                    .call(() -> dropAll(List.of(list)))
                    .onCancellation()
                    .call(() -> dropAll(List.of(list)));
        });
    }

    private Uni<Receipt> fill(Filling filling, Multi<byte[]> parts) {
        return parts.onItem()
                .transformToUniAndConcatenate(part -> take(filling, part))
                .collect()
                .last()
                .invoke(filling.file::end)
                .chain(() -> write(filling))
                .map(done -> filling.receipt());
    }

    private Uni<Boolean> take(Filling filling, byte[] part) {
        filling.file.take(part);
        return filling.file.waiting() < BATCH
                ? Uni.createFrom().item(true)
                : write(filling).replaceWith(true);
    }

    /** A file that is to be refused is still read to its end, so that its sender reads the answer; its keys are not written any more. */
    private Uni<Void> write(Filling filling) {
        List<DocumentLists.Listed> keys = filling.file.drain();
        filling.keys += keys.size();
        if (filling.refused()) {
            return Uni.createFrom().voidItem();
        }
        return lists.append(filling.list, keys)
                .invoke(fresh -> filling.documents += fresh)
                .replaceWithVoid();
    }

    /** Whatever keeps a list from being dropped now is made up for by the sweep. */
    private Uni<Void> dropAll(List<Long> others) {
        return Multi.createFrom()
                .iterable(others)
                .onItem()
                .transformToUniAndConcatenate(lists::drop)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("a list of documents is left to the sweep: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** A file under way. */
    private final class Filling {
        private final long list;
        private final KeyFile file;
        private long keys;
        private int documents;

        Filling(long list, KeyFile file) {
            this.list = list;
            this.file = file;
        }

        boolean refused() {
            return keys > settings.mostListedDocuments() || !file.faults().isEmpty();
        }

        Receipt receipt() {
            if (!file.faults().isEmpty()) {
                throw unreadable(file.faults());
            }
            if (keys > settings.mostListedDocuments()) {
                throw tooLarge(settings.mostListedDocuments());
            }
            if (keys == 0) {
                throw empty();
            }
            return new Receipt(documents, (int) (keys - documents));
        }
    }

    private static ApiProblem unreadable(List<Fault> faults) {
        Fault first = faults.getFirst();
        return ApiProblem.of(
                        400,
                        "DOCUMENT_LIST_INVALID",
                        "The file cannot be taken",
                        "Line " + first.line() + " " + first.message()
                                + ". Nothing was taken; mend the lines named in 'faults' and send the file again.")
                .with("faults", faults);
    }

    private static ApiProblem tooLarge(int most) {
        return ApiProblem.of(
                422,
                "SELECTION_TOO_LARGE",
                "Too many documents for a list",
                "A list may name " + most
                        + " documents. Split the file into several jobs, or create the job by criteria: what is identical is skipped.");
    }

    private static ApiProblem empty() {
        return ApiProblem.of(
                422,
                "NOTHING_SELECTED",
                "There are no documents in it",
                "The file names no document. Nothing was taken.");
    }
}
