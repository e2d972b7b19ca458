package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.contract.provider.ProviderStatus;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * Body of {@code POST /api/v2/providers/test}: a provider as it would be created. It needs no name yet, and nothing of it is kept.
 *
 * @param providerName as for a creation; may be absent
 * @param displayName as for a creation; not looked at
 * @param providerType one of the known types
 * @param config settings of the type, secrets among them
 * @param capabilities as for a creation
 * @param isPrimary not looked at
 * @param isWritable whether the test may write; default true
 * @param status default active; readonly and disabled are not written to
 */
public record TestProvider(
        @Size(min = 1, max = 100) String providerName,
        @Size(max = 200) String displayName,
        @NotNull @Size(min = 1, max = 50) String providerType,
        Map<String, JsonNode> config,
        Map<String, Boolean> capabilities,
        @JsonProperty("isPrimary") Boolean isPrimary,
        @JsonProperty("isWritable") Boolean isWritable,
        ProviderStatus status) {

    private static final String NO_NAME_YET = "not-saved";

    CreateProvider creation() {
        return new CreateProvider(
                providerName == null ? NO_NAME_YET : providerName,
                displayName,
                providerType,
                config,
                capabilities,
                isPrimary,
                isWritable,
                status,
                null,
                null);
    }

    /** Shows no setting: a secret may be among them. */
    @Override
    public String toString() {
        return "TestProvider[" + providerName + ", " + providerType + "]";
    }
}
