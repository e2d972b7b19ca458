package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.registry.limit.Limits;
import io.hermes.registry.secret.Secrets;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A row of {@code provider_storage}. Leaves this package only as a record. Counters and health are changed by statements, not through
 * the entity, so that they do not raise the version.
 */
@Entity
@DynamicUpdate
@Table(name = "provider_storage")
class Provider {

    /** {@link #managedBy} of a provider that the file describes. */
    static final String DECLARED = "config";

    /** {@link #managedBy} of a provider that was made through the API. */
    static final String BY_API = "api";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    UUID providerUuid;
    String providerName;
    String displayName;
    String providerType;

    @Version
    long version = 1;

    ProviderStatus status;
    boolean isPrimary;
    boolean isWritable;
    String managedBy;
    String managedSource;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, JsonNode> config;

    /** As {@link Secrets} stores them: sealed, or references. */
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> secrets;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Boolean> capabilities;

    @JdbcTypeCode(SqlTypes.JSON)
    MeasuredCapabilities measured;

    @JdbcTypeCode(SqlTypes.JSON)
    Quota quota;

    @JdbcTypeCode(SqlTypes.JSON)
    Limits limits;

    long documentCount;
    long totalSizeBytes;
    Instant statisticsAsOf;
    HealthStatus healthStatus;
    Instant lastHealthCheck;
    Integer healthLatencyMs;
    String createdBy;
    Instant createdAt;
    Instant updatedAt;

    /** Whether documents may be written to it. */
    boolean mayBeWritten() {
        return isWritable
                && switch (status) {
                    case ACTIVE, MIGRATING -> true;
                    case READONLY, DISABLED -> false;
                };
    }

    /** What the counters say that it holds. */
    Amount held() {
        return new Amount(documentCount, totalSizeBytes);
    }

    /** Whether the file of providers describes it, and not the API. */
    boolean isDeclared() {
        return DECLARED.equals(managedBy);
    }

    /** Whether a secret is kept elsewhere. */
    boolean refersToSecrets() {
        return secrets.values().stream()
                .anyMatch(stored -> Secrets.reference(stored).isPresent());
    }

    /** @param opened the secrets in clear, none where they do not matter */
    ResolvedProvider resolved(Map<String, String> opened) {
        return new ResolvedProvider(
                id == null ? 0 : id,
                providerUuid,
                providerName,
                providerType,
                version,
                status,
                isWritable,
                ProviderSettings.asText(config),
                opened,
                measured,
                limits != null);
    }
}
