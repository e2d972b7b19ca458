package io.hermes.orchestrator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import jakarta.ws.rs.BadRequestException;
import java.util.Comparator;
import java.util.List;

/** Merge patches (RFC 7396): an object is merged, {@code null} removes, everything else replaces. */
@ApplicationScoped
class MergePatch {

    private final ObjectMapper json;
    private final Validator validator;

    MergePatch(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * The value with the patch applied, read as strictly as if it had been posted.
     *
     * @throws ApiProblem 400 for a result that breaks a rule
     */
    <T> T apply(T value, ObjectNode patch, Class<T> type) {
        try {
            T result = json.treeToValue(merged(json.valueToTree(value), patch), type);
            requireValid(result);
            return result;
        } catch (JsonProcessingException unreadable) {
            throw new BadRequestException(unreadable);
        }
    }

    private static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object : changes.objectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(change.getKey(), merged(result.path(change.getKey()), change.getValue()));
            }
        });
        return result;
    }

    private <T> void requireValid(T result) {
        List<Violation> violations = validator.validate(result).stream()
                .map(broken -> Violation.body(broken.getPropertyPath().toString(), broken.getMessage()))
                .sorted(Comparator.comparing(Violation::field))
                .toList();
        if (!violations.isEmpty()) {
            throw Violation.problem(violations);
        }
    }
}
