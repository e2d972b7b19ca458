package io.hermes.orchestrator.validate;

import io.hermes.contract.event.ErrorCode;
import io.vertx.core.json.JsonObject;

/**
 * A document that does not stand at the destination as it was written.
 *
 * @param key at the destination
 * @param seen in one sentence
 */
record ValidationError(long itemId, String key, ErrorCode code, String seen) {

    JsonObject json() {
        return JsonObject.of("itemId", itemId, "key", key, "code", code.name(), "seen", seen);
    }
}
