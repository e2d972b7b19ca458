package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.registry.limit.Limits;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Body of {@code PATCH /api/v2/providers/{id}}, a merge patch. A field that is absent stays as it is; within {@code config},
 * {@code quota} and {@code limits} a {@code null} removes, and so does a {@code quota}, or {@code limits}, that is {@code null}. Name and
 * type are accepted if they say what is so already.
 */
public record PatchProvider(
        String providerName,
        @Size(max = 200) String displayName,
        String providerType,
        Map<String, JsonNode> config,
        Map<String, Boolean> capabilities,
        @JsonProperty("isPrimary") Boolean isPrimary,
        @JsonProperty("isWritable") Boolean isWritable,
        ProviderStatus status,

        @Schema(implementation = Quota.class, nullable = true)
        JsonNode quota,

        @Schema(implementation = Limits.class, nullable = true)
        JsonNode limits) {

    @Schema(hidden = true)
    boolean isEmpty() {
        return Stream.of(
                        providerName,
                        displayName,
                        providerType,
                        config,
                        capabilities,
                        isPrimary,
                        isWritable,
                        status,
                        quota,
                        limits)
                .allMatch(Objects::isNull);
    }

    /** Shows no setting: a secret may be among them. */
    @Override
    public String toString() {
        return "PatchProvider[]";
    }
}
