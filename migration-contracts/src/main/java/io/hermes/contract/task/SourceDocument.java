package io.hermes.contract.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/**
 * A document at its source, as the planner saw it.
 *
 * @param providerUuid the provider that holds it
 * @param key its key, exactly as listed
 * @param revision revision seen while listing, or of the verified copy for a release; {@code null} if the listing tells none
 * @param sizeBytes size seen while listing, {@code null} if the listing tells none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceDocument(UUID providerUuid, String key, String revision, Long sizeBytes) {}
