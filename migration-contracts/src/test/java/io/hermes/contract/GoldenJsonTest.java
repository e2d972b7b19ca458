package io.hermes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hermes.contract.event.Compared;
import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.EventBatch;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Released;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Verify;
import io.hermes.contract.permit.PermitGrant;
import io.hermes.contract.permit.PermitRequest;
import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.contract.provider.ProviderChanged;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.contract.provider.StoreHealth;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.ReleaseTask;
import io.hermes.contract.task.SourceDocument;
import io.hermes.contract.task.TaskRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire form of every record, kept in {@code src/test/resources/golden}. A difference is a change of the contract: old and new
 * services run side by side during a roll-out, so it needs a new version and a reader of both.
 */
class GoldenJsonTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final UUID JOB = UUID.fromString("019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e42");
    private static final UUID SOURCE = UUID.fromString("019ab4c2-0000-7000-8000-000000000001");
    private static final UUID DEST = UUID.fromString("019ab4c2-0000-7000-8000-000000000002");
    private static final UUID DOCUMENT = UUID.fromString("7b0c1f0e-5d0a-4c53-8a0e-0d2b1c3d4e5f");
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final TaskRef REF = new TaskRef(JOB, 4711, 42, 3);
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    static Stream<Arguments> records() {
        SourceDocument source = new SourceDocument(SOURCE, "rfc/RFC 089 – Größe 100%.md", "81c3-17-4", 17L);
        return Stream.of(
                Arguments.of(
                        "task-copy",
                        MigrationTask.class,
                        new CopyTask(
                                1,
                                REF,
                                REF.idempotentKey(CopyTask.KIND),
                                source,
                                DEST,
                                DOCUMENT,
                                ConflictPolicy.SKIP_IDENTICAL,
                                Verify.STORE_CHECKED,
                                false,
                                32,
                                null,
                                new CopyTask.ContentFilter(
                                        Set.of("Approved"), Set.of(), Set.of(), Set.of("secret"), Set.of()))),
                Arguments.of(
                        "task-compare",
                        MigrationTask.class,
                        new CompareTask(
                                1,
                                REF,
                                REF.idempotentKey(CompareTask.KIND),
                                source,
                                DEST,
                                32,
                                new CopyTask.ContentFilter(
                                        Set.of("Approved"), Set.of(), Set.of(), Set.of(), Set.of()))),
                Arguments.of(
                        "event-compared",
                        MigrationEvent.class,
                        new Compared(
                                REF,
                                DOCUMENT,
                                "production/rfc.md",
                                HASH,
                                HASH,
                                "81c3-17-4",
                                "abc",
                                17,
                                17L,
                                12,
                                3,
                                List.of("owner", "extended.colour"))),
                Arguments.of(
                        "event-compared-missing",
                        MigrationEvent.class,
                        new Compared(
                                REF,
                                DOCUMENT,
                                "production/rfc.md",
                                HASH,
                                null,
                                "81c3-17-4",
                                null,
                                17,
                                null,
                                12,
                                4,
                                List.of())),
                Arguments.of(
                        "task-release",
                        MigrationTask.class,
                        new ReleaseTask(
                                1,
                                REF,
                                REF.idempotentKey(ReleaseTask.KIND),
                                source,
                                new ReleaseTask.VerifiedCopy(DEST, "production/rfc.md", "abc", HASH))),
                Arguments.of("events", EventBatch.class, new EventBatch(1, "worker-1-x7", NOON, events())),
                Arguments.of(
                        "resolved-provider",
                        ResolvedProvider.class,
                        new ResolvedProvider(
                                2,
                                DEST,
                                "s3-archive",
                                "s3",
                                3,
                                ProviderStatus.ACTIVE,
                                true,
                                Map.of("bucket", "hermes-archive"),
                                Map.of("secret_key", "in-clear-on-this-route-only"),
                                new MeasuredCapabilities(
                                        true, true, true, true, true, false, false, false, true, false, NOON),
                                true)),
                Arguments.of(
                        "provider-changed",
                        ProviderChanged.class,
                        new ProviderChanged(1, DEST, "s3-archive", 4, ProviderStatus.READONLY, StoreHealth.DEGRADED)),
                Arguments.of(
                        "claim-request",
                        ClaimRequest.class,
                        new ClaimRequest(ClaimRequest.Role.DESTINATION, "q3-archive")),
                Arguments.of("claim-release", ClaimRelease.class, new ClaimRelease(1000, 17_000)),
                Arguments.of("budget-request", BudgetRequest.class, new BudgetRequest(12.5, 1_048_576)),
                Arguments.of("budget-lease", BudgetLease.class, new BudgetLease(12.5, 1_048_576.0, 6000)),
                Arguments.of("budget-lease-unlimited", BudgetLease.class, new BudgetLease(null, null, 60_000)),
                Arguments.of(
                        "permit-request",
                        PermitRequest.class,
                        new PermitRequest(List.of(new PermitRequest.PermitItem(42, 3)))),
                Arguments.of("permit-grant", PermitGrant.class, new PermitGrant(List.of(42L))));
    }

    private static List<MigrationEvent> events() {
        return List.of(
                new Started(REF, null),
                new Started(REF, "\"etag\"#v1"),
                new Heartbeat(32, 1, 7, false, List.of(new Heartbeat.Held(REF, 4096)), null, null),
                new Heartbeat(32, 0, 0, true, List.of(), new Heartbeat.Throughput(41.5, 8388608), "0.1.0"),
                new Succeeded(
                        REF,
                        DOCUMENT,
                        "production/rfc.md",
                        HASH,
                        HASH,
                        "81c3-17-4",
                        "abc",
                        null,
                        17,
                        12,
                        1,
                        Verify.STORE_CHECKED,
                        false,
                        List.of("contributors")),
                new Skipped(
                        REF,
                        Skipped.Reason.IDENTICAL,
                        DOCUMENT,
                        "production/rfc.md",
                        HASH,
                        HASH,
                        "81c3-17-4",
                        "abc",
                        17,
                        9,
                        3),
                new Failed(REF, ErrorCode.SOURCE_NOT_FOUND, "The document is gone.", false, null, 2),
                new Deferred(
                        REF,
                        DEST,
                        Deferred.Reason.PROVIDER_UNAVAILABLE,
                        ErrorCode.DEST_UNAVAILABLE,
                        "The store refused the connection.",
                        5000),
                new Released(REF, 4, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void theWireFormIsTheGoldenOne(String name, Class<?> type, Object value) throws IOException {
        String golden = golden(name);

        assertThat(JSON.readTree(JSON.writerFor(type).writeValueAsString(value)))
                .isEqualTo(JSON.readTree(golden));
        assertThat(JSON.readValue(golden, type)).isEqualTo(value);
    }

    /** The topic keeps the newest record of a provider for ever, also one that was written before health was told. */
    @Test
    void aChangeThatTellsNoHealthIsOfAnUnknownOne() throws IOException {
        String before = """
                {"version":1,"providerUuid":"%s","providerName":"s3-archive","providerVersion":4,"status":"readonly"}""".formatted(DEST);

        assertThat(JSON.readValue(before, ProviderChanged.class))
                .isEqualTo(new ProviderChanged(1, DEST, "s3-archive", 4, ProviderStatus.READONLY, StoreHealth.UNKNOWN));
    }

    @Test
    void anUnknownKindOrTypeIsRefused() {
        assertThatThrownBy(() -> JSON.readValue("{\"kind\":\"shred\",\"version\":1}", MigrationTask.class))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JSON.readValue("{\"type\":\"vanished\"}", MigrationEvent.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void aResolvedProviderPrintsNoSecret() {
        ResolvedProvider provider = new ResolvedProvider(
                1,
                SOURCE,
                "s3",
                "s3",
                1,
                ProviderStatus.ACTIVE,
                true,
                Map.of(),
                Map.of("secret_key", "canary"),
                null,
                false);

        assertThat(provider.toString()).doesNotContain("canary");
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = GoldenJsonTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(file).as("golden/%s.json", name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
