package io.hermes.orchestrator.view;

import io.hermes.contract.event.ErrorCode;
import java.util.Optional;

/**
 * Which items a list shall hold; what is empty does not restrict.
 *
 * @param errorCode code of the last failure
 * @param keyContains part of the source or destination key
 */
public record ItemFilter(Optional<ItemStatus> status, Optional<ErrorCode> errorCode, Optional<String> keyContains) {}
