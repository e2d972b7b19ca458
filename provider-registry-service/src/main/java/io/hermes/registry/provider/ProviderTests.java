package io.hermes.registry.provider;

import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.registry.audit.Audit;
import io.hermes.registry.probe.ConnectionTest;
import io.hermes.storage.ProbeReport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Tests of a connection, before and after a provider is saved. Each is recorded before it begins: it goes out to a
 * server that somebody named, with credentials. Every failure is an {@link ApiProblem}.
 */
@ApplicationScoped
public class ProviderTests {

    private static final String UNSAVED = "provider.test";
    private static final String SAVED = "provider.testSaved";
    private static final int CHANGED_MEANWHILE = 412;

    private final ProviderRows rows;
    private final Providers providers;
    private final Registration registration;
    private final ConnectionTest connection;
    private final HealthBook health;
    private final Audit audit;

    ProviderTests(
            ProviderRows rows,
            Providers providers,
            Registration registration,
            ConnectionTest connection,
            HealthBook health,
            Audit audit) {
        this.rows = rows;
        this.providers = providers;
        this.registration = registration;
        this.connection = connection;
        this.health = health;
        this.audit = audit;
    }

    /** Tries a provider that is not saved, and keeps nothing of it. Fails as its creation would for settings that make no sense. */
    public Uni<TestResult> test(TestProvider definition) {
        Provider row = providers.newRow(definition.creation(), "");
        return registration
                .requireValid(row)
                .call(() -> audit.begun(Trace.tested(UNSAVED, row)))
                .chain(resolved -> connection.run(resolved))
                .map(report -> TestResult.of(row, report, measured(row, report).orElse(null), null));
    }

    /**
     * Tries a provider with its secrets, and keeps what was seen: its health, and what the store can do if that was tried to the end.
     * The version rises if the store can do other things than was known, since services open it differently then; what was seen of
     * settings that have changed meanwhile is dropped.
     */
    public Uni<TestResult> test(ProviderRef ref) {
        return rows.get(ref)
                .chain(row -> registration
                        .requireValid(row)
                        .map(Registration::withoutMeasurements)
                        .call(() -> audit.begun(Trace.tested(SAVED, row)))
                        .chain(resolved -> health.take(row.id)
                                .chain(lease -> connection
                                        .run(resolved)
                                        .call(report -> lease.map(begun -> health.settleAsked(begun, report))
                                                .orElseGet(
                                                        () -> Uni.createFrom().item(false)))))
                        .chain(report -> keep(row, report)));
    }

    private Uni<TestResult> keep(Provider row, ProbeReport report) {
        Optional<MeasuredCapabilities> seen = measured(row, report);
        return seen.map(measured -> store(row, measured))
                .orElseGet(() -> Uni.createFrom().item(false))
                .map(stored -> TestResult.of(row, report, seen.orElse(row.measured), stored));
    }

    private Uni<Boolean> store(Provider row, MeasuredCapabilities measured) {
        if (Registration.sameFeatures(row.measured, measured)) {
            return Uni.createFrom().item(true);
        }
        return rows.update(SAVED, row.id, row.version, stored -> stored.measured = measured)
                .replaceWith(true)
                .onFailure(ProviderTests::changedMeanwhile)
                .recoverWithItem(false);
    }

    private static boolean changedMeanwhile(Throwable failure) {
        return failure instanceof ApiProblem problem && problem.getStatusCode() == CHANGED_MEANWHILE;
    }

    /** What an outage cut short says nothing about what the store can do. */
    private static Optional<MeasuredCapabilities> measured(Provider row, ProbeReport report) {
        return row.mayBeWritten() && report.conclusive() && HealthStatus.of(report) != HealthStatus.UNHEALTHY
                ? Optional.of(Registration.measured(report.measured()))
                : Optional.empty();
    }
}
