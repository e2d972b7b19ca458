package io.hermes.worker.task;

import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.ReleaseTask;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * What a task needs of the worker.
 *
 * @param jobUuid its job
 * @param jobCap documents of the job that may be transferred here at once; empty leaves what the job's other tasks said
 * @param providers the stores it talks to
 */
record Claim(UUID jobUuid, OptionalInt jobCap, Set<UUID> providers) {

    static Claim of(MigrationTask task) {
        UUID source = task.source().providerUuid();
        UUID job = task.ref().jobUuid();
        return switch (task) {
            case CopyTask copy ->
                new Claim(job, OptionalInt.of(Math.max(1, copy.concurrency())), both(source, copy.destProviderUuid()));
            case CompareTask compare ->
                new Claim(
                        job,
                        OptionalInt.of(Math.max(1, compare.concurrency())),
                        both(source, compare.destProviderUuid()));
            case ReleaseTask release ->
                new Claim(
                        job,
                        OptionalInt.empty(),
                        both(source, release.destination().providerUuid()));
        };
    }

    private static Set<UUID> both(UUID source, UUID destination) {
        return source.equals(destination) ? Set.of(source) : Set.of(source, destination);
    }
}
