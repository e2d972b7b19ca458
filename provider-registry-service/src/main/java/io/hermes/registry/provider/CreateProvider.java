package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.registry.limit.Limits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * Body of {@code POST /api/v2/providers}.
 *
 * @param providerName unique; letters, digits, dot, underscore, hyphen; neither a number nor a UUID
 * @param displayName for people, may be absent
 * @param providerType one of the known types
 * @param config settings of the type, secrets among them
 * @param capabilities what the provider is said to offer beyond what the probe measures
 * @param isPrimary default false
 * @param isWritable default true
 * @param status default active
 * @param quota how much it may hold, may be absent
 * @param limits how fast it may be used, may be absent
 */
public record CreateProvider(
        @NotNull @Size(min = 1, max = 100) String providerName,
        @Size(max = 200) String displayName,
        @NotNull @Size(min = 1, max = 50) String providerType,
        Map<String, JsonNode> config,
        Map<String, Boolean> capabilities,
        @JsonProperty("isPrimary") Boolean isPrimary,
        @JsonProperty("isWritable") Boolean isWritable,
        ProviderStatus status,
        @Valid Quota quota,
        @Valid Limits limits) {

    public CreateProvider {
        config = config == null ? Map.of() : config;
        capabilities = capabilities == null ? Map.of() : capabilities;
        isPrimary = isPrimary != null && isPrimary;
        isWritable = isWritable == null || isWritable;
        status = status == null ? ProviderStatus.ACTIVE : status;
    }

    /** Shows no setting: a secret may be among them. */
    @Override
    public String toString() {
        return "CreateProvider[" + providerName + ", " + providerType + "]";
    }
}
