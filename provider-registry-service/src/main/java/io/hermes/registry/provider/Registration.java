package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.problem.Violation;
import io.hermes.edge.registry.StoreFactories;
import io.hermes.registry.probe.Probes;
import io.hermes.registry.secret.Secrets;
import io.hermes.registry.type.ProviderTypes;
import io.hermes.storage.Feature;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.Secret;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is asked of settings before they are stored: that they make sense, and what the store they lead to can do. */
@ApplicationScoped
class Registration {

    private static final Duration LONGEST_PROBE = Duration.ofSeconds(20);

    private final StoreFactories factories;
    private final Probes probes;
    private final Secrets secrets;
    private final ProviderTypes types;

    Registration(StoreFactories factories, Probes probes, Secrets secrets, ProviderTypes types) {
        this.types = types;
        this.factories = factories;
        this.probes = probes;
        this.secrets = secrets;
    }

    /** The row with its secrets in clear. Fails 503 if one of them cannot be read, 400 with everything that the type finds wrong. */
    Uni<ResolvedProvider> requireValid(Provider row) {
        return resolve(row).invoke(this::requireValid);
    }

    /** The row with its secrets in clear. Fails 503 if one of them cannot be read. */
    Uni<ResolvedProvider> resolve(Provider row) {
        return secrets.open(row.providerUuid, row.secrets).map(row::resolved);
    }

    private void requireValid(ResolvedProvider provider) {
        List<Violation> violations = rulesOf(provider.providerType(), StoreFactories.settings(provider));
        if (!violations.isEmpty()) {
            throw Violation.problem(violations);
        }
    }

    /** Tries the store and notes on the row what was seen. A store that cannot be reached is noted too, never refused. */
    Uni<ProbeReport> measure(Provider row, ResolvedProvider resolved) {
        ResolvedProvider unmeasured = withoutMeasurements(resolved);
        boolean mayWrite = row.mayBeWritten();
        return probes.probe(unmeasured, mayWrite ? ProbeDepth.CAPABILITIES : ProbeDepth.REACH, LONGEST_PROBE)
                .invoke(report -> note(row, report, mayWrite));
    }

    static ResolvedProvider withoutMeasurements(ResolvedProvider provider) {
        return new ResolvedProvider(
                provider.id(),
                provider.providerUuid(),
                provider.providerName(),
                provider.providerType(),
                provider.version(),
                provider.status(),
                provider.writable(),
                provider.config(),
                provider.secrets(),
                null,
                provider.limited());
    }

    private static void note(Provider row, ProbeReport report, boolean written) {
        row.healthStatus = HealthStatus.of(report);
        row.healthLatencyMs = (int) HealthStatus.latency(report).toMillis();
        row.lastHealthCheck = Instant.now();
        row.measured = written && row.healthStatus != HealthStatus.UNHEALTHY ? measured(report.measured()) : null;
    }

    /** Whether nobody would open the store differently. */
    static boolean sameFeatures(MeasuredCapabilities known, MeasuredCapabilities seen) {
        return known != null && at(known, seen.measuredAt()).equals(seen);
    }

    private static MeasuredCapabilities at(MeasuredCapabilities known, Instant measuredAt) {
        return new MeasuredCapabilities(
                known.conditionalPut(),
                known.conditionalStream(),
                known.conditionalReplace(),
                known.conditionalDelete(),
                known.refusesWrongBytes(),
                known.versions(),
                known.keepForever(),
                known.tags(),
                known.userMetadata(),
                known.checksums(),
                measuredAt);
    }

    static MeasuredCapabilities measured(ProbeReport.Measured seen) {
        return new MeasuredCapabilities(
                seen.saw(Feature.CONDITIONAL_PUT),
                seen.saw(Feature.CONDITIONAL_STREAM),
                seen.saw(Feature.CONDITIONAL_REPLACE),
                seen.saw(Feature.CONDITIONAL_DELETE),
                seen.saw(Feature.REFUSES_WRONG_BYTES),
                seen.saw(Feature.REVISIONS),
                seen.saw(Feature.KEEP_FOREVER),
                seen.saw(Feature.TAGS),
                seen.saw(Feature.USER_METADATA),
                seen.saw(Feature.CHECKSUMS),
                Instant.now());
    }

    /** One sentence for each step that failed. */
    static List<String> warnings(ProbeReport report) {
        return report.steps().stream()
                .filter(step -> step.outcome() == ProbeReport.Outcome.FAILED)
                .map(step -> "The store's probe failed at '" + step.name() + "': " + step.hint())
                .toList();
    }

    /**
     * The settings with a patch applied; what the type calls secret is sealed for this provider, or kept as a reference.
     *
     * @param violations gets everything that is wrong: with single values, by the type's schema, and taken together
     */
    ProviderSettings merge(
            Provider row, ProviderSettings before, Map<String, JsonNode> patch, List<Violation> violations) {
        Optional<StoreFactory> factory = factories.of(row.providerType);
        if (factory.isEmpty()) {
            violations.add(Violation.body(
                    "providerType", "is not a known type; known are " + String.join(", ", factories.types())));
            return before;
        }
        SecretFields fields = new SecretFields(row.providerUuid, factory.get().secretKeys(), secrets);
        List<Violation> found = new ArrayList<>();
        ProviderSettings merged = before.merge(patch, fields, found);
        addNew(found, types.violations(row.providerType, merged.described(fields.givenIn(patch))));
        addNew(found, rulesOf(row.providerType, undisclosed(row, merged, fields.givenIn(patch))));
        violations.addAll(found);
        return merged;
    }

    /** Names of the secrets that are not, or not where, they are wanted. One that cannot be opened differs. */
    Uni<Set<String>> differentSecrets(Provider row, Provider wanted, Map<String, JsonNode> clear) {
        Set<String> different = new TreeSet<>(row.secrets.keySet());
        different.addAll(wanted.secrets.keySet());
        different.removeIf(name -> wanted.secrets.getOrDefault(name, "").equals(row.secrets.get(name)));
        Uni<Set<String>> compared = Uni.createFrom().item(different);
        for (String name : List.copyOf(different)) {
            String stored = row.secrets.getOrDefault(name, "");
            JsonNode value = clear.get(name);
            if (Secrets.sealedUnder(stored).isPresent() && value != null && value.isTextual()) {
                compared = compared.call(() -> secrets.open(row.providerUuid, Map.of(name, stored))
                        .invoke(opened -> different.removeIf(
                                it -> it.equals(name) && value.textValue().equals(opened.get(name))))
                        .onFailure(ApiProblem.class)
                        .recoverWithNull());
            }
        }
        return compared;
    }

    /** One violation a setting is enough: what else is wrong with it may follow from the first. */
    private static void addNew(List<Violation> found, List<Violation> more) {
        Set<String> known = found.stream().map(Violation::field).collect(Collectors.toSet());
        more.stream().filter(violation -> known.add(violation.field())).forEach(found::add);
    }

    private List<Violation> rulesOf(String type, StoreSettings settings) {
        return factories.of(type).orElseThrow().validate(settings).stream()
                .map(problem -> Violation.body(List.of("config", problem.key()), problem.message()))
                .toList();
    }

    /** Whether a secret is given is all that counts before it is opened. */
    private static StoreSettings undisclosed(Provider row, ProviderSettings settings, Set<String> given) {
        Map<String, Secret> secrets = Stream.concat(settings.secrets().keySet().stream(), given.stream())
                .distinct()
                .collect(Collectors.toMap(name -> name, name -> Secret.of("undisclosed")));
        return new StoreSettings(
                row.providerUuid,
                row.providerName,
                row.providerType,
                row.isWritable,
                ProviderSettings.asText(settings.config()),
                secrets,
                Optional.empty());
    }
}
