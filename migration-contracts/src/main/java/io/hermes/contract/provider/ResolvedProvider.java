package io.hermes.contract.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.UUID;

/**
 * A provider with everything needed to open its store, secrets included: {@code GET /internal/providers/{uuid}}, for the service
 * identity only. Its text form shows no secret.
 *
 * @param id the provider's number
 * @param providerUuid its public id
 * @param providerName its unique name
 * @param providerType {@code local}, {@code s3}, …
 * @param version rises with every change; the ETag of the route
 * @param status what it may be used for
 * @param writable whether documents may be written to it
 * @param config settings by their snake_case names (SPEC §1.4), without secrets
 * @param secrets secret settings by their snake_case names, in clear
 * @param capabilities what the registration probe measured, {@code null} when it has not run
 * @param limited whether a share of its budget must be leased before its store is used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResolvedProvider(
        long id,
        UUID providerUuid,
        String providerName,
        String providerType,
        long version,
        ProviderStatus status,
        boolean writable,
        Map<String, String> config,
        Map<String, String> secrets,
        MeasuredCapabilities capabilities,
        boolean limited) {

    public ResolvedProvider {
        config = config == null ? Map.of() : Map.copyOf(config);
        secrets = secrets == null ? Map.of() : Map.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "ResolvedProvider[" + providerName + ", " + providerType + ", " + providerUuid + ", version " + version
                + "]";
    }
}
