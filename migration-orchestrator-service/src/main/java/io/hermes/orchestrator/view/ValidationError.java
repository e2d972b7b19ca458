package io.hermes.orchestrator.view;

import io.vertx.core.json.JsonObject;

/**
 * A migrated document that the look at the destination did not find as it was written.
 *
 * @param itemId the document's item, which stays as it was
 * @param key at the destination
 * @param seen what was there instead, in a sentence
 */
public record ValidationError(long itemId, String key, String code, String seen) {

    static ValidationError of(JsonObject error) {
        return new ValidationError(
                error.getLong("itemId"), error.getString("key"), error.getString("code"), error.getString("seen"));
    }
}
