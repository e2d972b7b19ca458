package io.hermes.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The proof that the contract hurts: a store with a defect does not get through, and the tests that are meant to notice do. */
class ContractHurtsTest {

    @ParameterizedTest
    @EnumSource(value = Defect.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noDefectGetsThrough(Defect defect) {
        // When
        TestExecutionSummary run = run(defect);

        // Then
        assertThat(failedTests(run)).as(describe(run)).containsAll(defect.caughtBy());
    }

    /** Otherwise the failures above would prove nothing. */
    @Test
    void aSoundStoreGetsThrough() {
        // When
        TestExecutionSummary run = run(Defect.NONE);

        // Then
        assertThat(failedTests(run)).as(describe(run)).isEmpty();
        assertThat(run.getTestsSucceededCount()).isGreaterThan(70);
    }

    /** A defect's own tests only, a sound store's all. */
    private static TestExecutionSummary run(Defect defect) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(BrokenStoreContract.class))
                .configurationParameter(BrokenStoreContract.DEFECT, defect.name())
                .configurationParameter(ContractMatrix.ENABLED, "false")
                // A defect may well be that something never ends; what is sound ends, on a busy machine late.
                .configurationParameter(
                        "junit.jupiter.execution.timeout.testable.method.default",
                        defect == Defect.NONE ? "10 m" : "5 s")
                .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(defect == Defect.NONE
                        || test.getSource()
                                .filter(MethodSource.class::isInstance)
                                .map(source -> ((MethodSource) source).getMethodName())
                                .map(defect.caughtBy()::contains)
                                .orElse(true)))
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        Launcher launcher = LauncherFactory.create(config);
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        launcher.execute(request, summary);
        return summary.getSummary();
    }

    private static List<String> failedTests(TestExecutionSummary run) {
        return run.getFailures().stream()
                .map(TestExecutionSummary.Failure::getTestIdentifier)
                .map(ContractHurtsTest::method)
                .distinct()
                .toList();
    }

    private static String method(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse(test.getDisplayName());
    }

    private static String describe(TestExecutionSummary run) {
        StringWriter text = new StringWriter();
        run.printFailuresTo(new PrintWriter(text), 1);
        return text.toString().replace("%", "%%");
    }
}
