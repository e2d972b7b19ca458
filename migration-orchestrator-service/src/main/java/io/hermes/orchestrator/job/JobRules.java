package io.hermes.orchestrator.job;

import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Strategy;
import io.hermes.contract.job.Verify;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.problem.Violation;
import io.hermes.orchestrator.plan.FilterCriteria;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a request must not combine, and what this version does not do yet and therefore does not pretend to. */
final class JobRules {

    private static final Set<Strategy> SUPPORTED = EnumSet.of(Strategy.COPY, Strategy.VERIFY);

    private JobRules() {}

    /**
     * Lets a sensible request pass.
     *
     * @throws ApiProblem 400 for criteria that select nothing or cannot be read, 422 for the rest
     */
    static void check(CreateJob request) {
        checkFilter(request.filterCriteria());
        checkSelection(request);
        if (request.strategy() == Strategy.MOVE && !request.validate()) {
            throw ApiProblem.of(
                    422,
                    "VALIDATION_REQUIRED",
                    "A move is always validated",
                    "A move deletes its sources, so 'validate' cannot be false.");
        }
        if (!SUPPORTED.contains(request.strategy())) {
            throw ApiProblem.of(
                    422,
                    "STRATEGY_UNSUPPORTED",
                    "Strategy not supported yet",
                    "This version cannot run '" + request.strategy().word()
                            + "' jobs. It can run 'copy' and 'verify'.");
        }
        if (request.strategy() == Strategy.VERIFY) {
            checkComparison(request);
        }
        if (request.hasTransformRules()) {
            throw ApiProblem.of(
                    422,
                    "TRANSFORM_UNSUPPORTED",
                    "Transformations not supported yet",
                    "This version copies documents byte by byte. Leave 'transformRules' out.");
        }
    }

    /** What a comparison cannot do, said rather than ignored: it reads both sides and writes nothing anyway. */
    private static void checkComparison(CreateJob request) {
        if (request.conflictPolicy() != ConflictPolicy.SKIP_IDENTICAL) {
            throw senseless("conflictPolicy", "A comparison writes nothing, so no key can be in its way.");
        }
        if (request.verify() != Verify.READ_BACK) {
            throw senseless(
                    "verify", "A comparison always reads both sides; what a store says about its bytes proves less.");
        }
        if (request.dryRun()) {
            throw senseless("dryRun", "A comparison writes nothing anyway.");
        }
    }

    private static ApiProblem senseless(String field, String why) {
        return ApiProblem.of(
                        422,
                        "OPTION_SENSELESS",
                        "Option makes no sense with this strategy",
                        why + " Leave '" + field + "' out of a 'verify' job.")
                .with("field", field);
    }

    private static void checkSelection(CreateJob request) {
        long ways = Stream.of(
                        !request.documentUuids().isEmpty(),
                        !request.documentKeys().isEmpty(),
                        request.failuresOf().isPresent(),
                        request.documentList())
                .filter(given -> given)
                .count();
        if (ways > 1) {
            throw ApiProblem.of(
                    422,
                    "SELECTION_AMBIGUOUS",
                    "Documents are selected in two ways",
                    "Give one of 'documentUuids', 'documentKeys', 'failedOf' and 'documentList', or none to select by 'filterCriteria' alone.");
        }
    }

    private static void checkFilter(FilterCriteria criteria) {
        List<Violation> violations = criteria.problems().stream()
                .map(problem -> Violation.body("filterCriteria." + problem.field(), problem.message()))
                .toList();
        if (!violations.isEmpty()) {
            throw Violation.problem(violations);
        }
    }
}
