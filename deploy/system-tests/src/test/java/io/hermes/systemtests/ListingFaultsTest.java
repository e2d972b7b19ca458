package io.hermes.systemtests;

import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.storage.Pages;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * F21, every fault of a listing by itself: the documents are all there, or the job says what is wrong and makes up for it when it is
 * retried (I16). What is missing from a listing is never copied, so a job that ended well would have lost it.
 */
@Tag("full")
@ExtendWith(OnStage.class)
class ListingFaultsTest {

    private static final Requests LISTINGS = Requests.listings();

    static Stream<Arguments> fatal() {
        return Stream.of(
                Arguments.of(
                        "F21 more, and no token", LISTINGS.nth(2), 1, fault(pages -> Pages.withoutToken()), "INTERNAL"),
                Arguments.of(
                        "F21 403 midway",
                        LISTINGS.nth(2),
                        1,
                        fault(pages -> Faults.error(403, "AccessDenied")),
                        "SOURCE_PERMISSION_DENIED"),
                Arguments.of("F21 the same page again", LISTINGS.nth(3), 1, fault(Pages::last), "INTERNAL"),
                Arguments.of("F21 pages in a circle", LISTINGS.after(2), 1, fault(Pages::again), "INTERNAL"));
    }

    private static Function<Pages, Fault> fault(Function<Pages, Fault> fault) {
        return fault;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fatal")
    void aBrokenListingFailsTheJobUntilItIsRetried(
            String fault, Requests hit, int times, Function<Pages, Fault> doing, String reason, Stage stage)
            throws Exception {
        Pages pages = new Pages();
        try (Trial trial = Depot.on(stage).toFolder(stage, Names.of(fault))) {
            trial.suffers("F21 pages that pass", 2, LISTINGS.first(2), pages.remembered())
                    .suffers(fault, times, hit, doing.apply(pages))
                    .runToFailureAndRetry(reason)
                    .assertAllArrivedUncharged();
        }
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("F21 0 results", LISTINGS.nth(1), 1, fault(pages -> Pages.nothing())),
                Arguments.of("F21 0 results midway", LISTINGS.nth(3), 1, fault(pages -> Pages.nothing())),
                Arguments.of("F21 names twice and unsorted", LISTINGS.nth(3), 1, fault(Pages::withEverythingBefore)),
                Arguments.of(
                        "F21 503 for six requests",
                        LISTINGS.first(6),
                        6,
                        fault(pages -> Faults.error(503, "SlowDown"))),
                Arguments.of(
                        "F21 half a page",
                        LISTINGS.nth(2),
                        1,
                        fault(pages -> Faults.truncate(700, Faults.Framing.KEEPS_LENGTH))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void whatCanBeAskedAgainIsAskedAgain(
            String fault, Requests hit, int times, Function<Pages, Fault> doing, Stage stage) throws Exception {
        Pages pages = new Pages();
        try (Trial trial = Depot.on(stage).toFolder(stage, Names.of(fault))) {
            trial.suffers("F21 pages that pass", 2, LISTINGS.first(2), pages.remembered())
                    .suffers(fault, times, hit, doing.apply(pages))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }
}
