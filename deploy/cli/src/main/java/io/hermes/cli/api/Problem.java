package io.hermes.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A refusal in the words of the service (RFC 9457).
 *
 * @param status HTTP status
 * @param code the stable word; {@code HTTP_502} for an answer that is no problem document
 * @param detail what happened and what to do about it
 * @param violations what is wrong with the request, each as {@code field message}
 * @param allowedActions what the job takes instead
 * @param retryAfter seconds, if the service said so
 */
public record Problem(
        int status,
        String code,
        String detail,
        List<String> violations,
        List<String> allowedActions,
        Optional<String> retryAfter) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_FOREIGN_TEXT = 200;

    public Problem {
        violations = List.copyOf(violations);
        allowedActions = List.copyOf(allowedActions);
    }

    static Problem of(int status, String body, Optional<String> retryAfter) {
        JsonNode json = parse(body);
        List<String> violations = json.path("violations")
                .valueStream()
                .map(one ->
                        one.path("field").asText() + " " + one.path("message").asText())
                .toList();
        List<String> allowed =
                json.path("allowedActions").valueStream().map(JsonNode::asText).toList();
        String detail = json.path("detail").asText(json.path("title").asText(foreign(body)));
        return new Problem(status, json.path("code").asText("HTTP_" + status), detail, violations, allowed, retryAfter);
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json.isObject() ? json : MissingNode.getInstance();
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String foreign(String body) {
        String text = body.isBlank() ? "The answer says no more." : body.strip().replaceAll("\\s+", " ");
        return text.length() <= LONGEST_FOREIGN_TEXT ? text : text.substring(0, LONGEST_FOREIGN_TEXT) + "…";
    }

    /** Code, what is wrong, and what to do, on one line. */
    public String line() {
        return code + ": " + wrong() + advice();
    }

    private String wrong() {
        return violations.isEmpty() ? detail : violations.stream().collect(Collectors.joining("; ", "", "."));
    }

    private String advice() {
        if (!allowedActions.isEmpty()) {
            return " Possible now: " + String.join(", ", allowedActions) + ".";
        }
        return switch (status) {
            case 401 -> " Give a token with HERMES_TOKEN, --token-file or --stack.";
            case 429, 503 ->
                retryAfter.map(after -> " Try again in " + after + " s.").orElse("");
            default -> "";
        };
    }

    /** A service that is starting, overloaded or behind a gateway that does not find it, or that failed inside. */
    boolean temporary() {
        return status >= 500 || status == 408 || status == 429;
    }
}
