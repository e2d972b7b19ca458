package io.hermes.orchestrator.job;

import io.hermes.contract.job.Strategy;
import io.hermes.orchestrator.state.JobStatus;
import io.quarkus.panache.common.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Which jobs a list shall hold; what is empty does not restrict.
 *
 * @param sourceProvider number, UUID or name
 * @param destProvider number, UUID or name
 * @param nameContains part of the job's name, upper and lower case alike
 */
public record JobFilter(
        Optional<JobStatus> status,
        Optional<Strategy> strategy,
        Optional<String> sourceProvider,
        Optional<String> destProvider,
        Optional<String> createdBy,
        Optional<String> nameContains) {

    /** Everything. */
    public static final JobFilter ALL = new JobFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The filter as HQL with bound parameters; nothing that a user sent is part of the text. */
    Condition condition() {
        Condition condition = new Condition();
        status.ifPresent(value -> condition.and("status = :status", "status", value.word()));
        strategy.ifPresent(value -> condition.and("strategy = :strategy", "strategy", value.word()));
        sourceProvider.ifPresent(value -> condition.andProvider("sourceProvider", value));
        destProvider.ifPresent(value -> condition.andProvider("destProvider", value));
        createdBy.ifPresent(value -> condition.and("createdBy = :createdBy", "createdBy", value));
        nameContains.ifPresent(value -> condition.and(
                "lower(jobName) like :name escape '\\'", "name", Texts.containing(value.toLowerCase(Locale.ROOT))));
        return condition;
    }

    /** Terms that must all hold, and their parameters. */
    static final class Condition {
        private final List<String> terms = new ArrayList<>(List.of("purgingAt is null"));
        private final Parameters parameters = new Parameters();

        void and(String term, String name, Object value) {
            terms.add(term);
            parameters.and(name, value);
        }

        /** Newest first, so the next page begins below the last job of this one. */
        void below(JobPosition last) {
            and("createdAt <= :lastCreatedAt", "lastCreatedAt", last.createdAt());
            and("(createdAt < :lastCreatedAt or id < :lastId)", "lastId", last.id());
        }

        private void andProvider(String side, String ref) {
            Optional<UUID> uuid = Ids.asUuid(ref);
            Optional<Long> number = Ids.asNumber(ref);
            if (uuid.isPresent()) {
                and(side + "Uuid = :" + side, side, uuid.get());
            } else if (number.isPresent()) {
                and(side + "Id = :" + side, side, number.get());
            } else {
                and(side + "Name = :" + side, side, ref);
            }
        }

        String hql() {
            return String.join(" and ", terms);
        }

        Parameters parameters() {
            return parameters;
        }
    }
}
