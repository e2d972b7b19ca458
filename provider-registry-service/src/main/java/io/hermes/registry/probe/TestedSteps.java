package io.hermes.registry.probe;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.ProbeReport.Outcome;
import io.hermes.storage.ProbeReport.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a test in the words of whoever set the store up. */
final class TestedSteps {

    private static final String CREDENTIALS = "credentials";

    private TestedSteps() {}

    /** One request reaches the store: whether its credentials or its bucket stood in the way is told by how it failed. */
    static List<Step> apart(Step reach, String root) {
        if (reach.outcome() == Outcome.OK) {
            return List.of(new Step(CREDENTIALS, Outcome.OK, Duration.ZERO, ""), named(reach, root));
        }
        return switch (reach.failure().orElse(ErrorKind.UNAVAILABLE)) {
            case UNAUTHENTICATED -> List.of(named(reach, CREDENTIALS), skipped(root, CREDENTIALS));
            case CONTAINER_MISSING, NOT_FOUND, PERMISSION_DENIED ->
                List.of(new Step(CREDENTIALS, Outcome.OK, Duration.ZERO, ""), named(reach, root));
            case PRECONDITION_FAILED,
                    CHANGED,
                    CONTENT_TRUNCATED,
                    CONTENT_MISMATCH,
                    CONTENT_TOO_LARGE,
                    KEY_INVALID,
                    RATE_LIMITED,
                    QUOTA_EXCEEDED,
                    UNAVAILABLE,
                    TIMEOUT,
                    UNSUPPORTED,
                    CONFIG_INVALID,
                    INTERNAL -> List.of(skipped(CREDENTIALS, root), named(reach, root));
        };
    }

    static Step named(Step step, String name) {
        return new Step(name, step.outcome(), step.took(), step.hint(), step.failure());
    }

    /** With what could not be tried any more, so that every test of a type has the same rows. */
    static List<Step> complete(List<Step> tried, String root) {
        Optional<Step> obstacle =
                tried.stream().filter(step -> step.outcome() == Outcome.FAILED).findFirst();
        List<Step> all = new ArrayList<>(tried);
        obstacle.ifPresent(failed -> List.of(root, "list", "write", "read_back", "delete").stream()
                .filter(name -> tried.stream().noneMatch(step -> step.name().equals(name)))
                .forEach(name -> all.add(skipped(name, failed.name()))));
        return all;
    }

    private static Step skipped(String name, String because) {
        return new Step(name, Outcome.SKIPPED, Duration.ZERO, "not tried, since '" + because + "' did not go well");
    }
}
