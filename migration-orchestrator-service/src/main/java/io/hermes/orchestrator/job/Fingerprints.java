package io.hermes.orchestrator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a request asked for, as a hash: the same for another order of fields, other white space, and defaults spelled out or not. */
@ApplicationScoped
class Fingerprints {

    private final ObjectMapper json;
    private final ObjectWriter sorted;

    Fingerprints(ObjectMapper json) {
        this.json = json;
        this.sorted = json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /**
     * @param what the action and its subject, so that a clone is not taken for a creation
     * @param body what was sent with it
     */
    byte[] of(String what, Object body) {
        try {
            byte[] text = sorted.writeValueAsBytes(json.convertValue(body, Object.class));
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(what.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            return sha256.digest(text);
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a request was JSON, and every JDK knows SHA-256", impossible);
        }
    }
}
