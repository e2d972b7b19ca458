package io.hermes.edge.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Gives every problem its {@code type}, {@code code} and {@code timestamp}, also those that the framework raised. Runs before the
 * extension's own logger, so that nothing that Jackson repeats from a request (it may be a secret of the wrong type) is logged.
 */
@ApplicationScoped
class ProblemMembers implements ProblemPostProcessor {

    private static final int BEFORE_THE_LOGGER = 110;

    private final DatabaseAway databaseAway;

    ProblemMembers(DatabaseAway databaseAway) {
        this.databaseAway = databaseAway;
    }

    @Override
    public int priority() {
        return BEFORE_THE_LOGGER;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        return HttpProblem.builder(worded(problem, context.cause))
                .with("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .build();
    }

    private HttpProblem worded(HttpProblem problem, Throwable cause) {
        if (problem.getParameters().containsKey("code")) {
            return problem;
        }
        if (problem.getStatusCode() == 500 && databaseAway.caused(cause)) {
            return HttpProblem.builder(DatabaseAway.problem())
                    .withInstance(problem.getInstance())
                    .build();
        }
        if (jsonError(cause) instanceof JsonProcessingException json) {
            return unreadable(json);
        }
        return standard(problem);
    }

    private static Throwable jsonError(Throwable thrown) {
        return thrown instanceof JacksonException || thrown.getCause() == null ? thrown : thrown.getCause();
    }

    private static HttpProblem unreadable(JsonProcessingException error) {
        return switch (error) {
            case UnrecognizedPropertyException unknown ->
                Violation.problem(List.of(Violation.body(path(unknown), "is not a known field")));
            case MismatchedInputException mismatched
            when !mismatched.getPath().isEmpty() ->
                Violation.problem(
                        List.of(Violation.body(path(mismatched), "has the wrong type or an impossible value")));
            case StreamConstraintsException tooMuch ->
                malformed("The JSON is nested too deeply or holds too long a value.");
            default -> malformed("The body is not the JSON that this route takes" + position(error) + ".");
        };
    }

    private static ApiProblem malformed(String detail) {
        return ApiProblem.of(400, "MALFORMED_JSON", "The body cannot be read", detail);
    }

    private static String position(JsonProcessingException error) {
        return error.getLocation() == null
                ? ""
                : " (line " + error.getLocation().getLineNr() + ", column "
                        + error.getLocation().getColumnNr() + ")";
    }

    private static List<String> path(JsonMappingException error) {
        return error.getPath().stream()
                .map(reference -> reference.getFieldName() == null
                        ? String.valueOf(reference.getIndex())
                        : reference.getFieldName())
                .toList();
    }

    private static HttpProblem standard(HttpProblem problem) {
        StandardWords words = StandardWords.of(problem.getStatusCode());
        HttpProblem.Builder worded = HttpProblem.builder(problem)
                .withType(ApiProblem.typeOf(words.code()))
                .withTitle(words.title())
                .withDetail(words.detail());
        return worded.with("code", words.code()).build();
    }

    /** What the framework's own refusals are called here; its messages may name classes, so they are not passed on. */
    private record StandardWords(String code, String title, String detail) {

        static StandardWords of(int status) {
            return switch (status) {
                case 400 -> new StandardWords("BAD_REQUEST", "Bad request", "The request cannot be understood.");
                case 401 ->
                    new StandardWords(
                            "UNAUTHENTICATED",
                            "Who are you?",
                            "Send 'Authorization: Bearer <token>' with a token that this service knows.");
                case 403 ->
                    new StandardWords(
                            "FORBIDDEN", "Not allowed", "This token does not have the role that the route asks for.");
                case 404 -> new StandardWords("NOT_FOUND", "Not found", "There is nothing under this path.");
                case 405 ->
                    new StandardWords("METHOD_NOT_ALLOWED", "Method not allowed", "This path knows other methods.");
                case 406 -> new StandardWords("NOT_ACCEPTABLE", "Not acceptable", "This path answers with JSON.");
                case 413 -> new StandardWords("BODY_TOO_LARGE", "Body too large", "Send a smaller body.");
                case 415 ->
                    new StandardWords(
                            "UNSUPPORTED_MEDIA_TYPE", "Unsupported media type", "Send the body as application/json.");
                default ->
                    status >= 500
                            ? new StandardWords(
                                    "INTERNAL",
                                    "Something went wrong here",
                                    "The service's log says more; try again later.")
                            : new StandardWords("HTTP_" + status, "Request refused", "The request was refused.");
            };
        }
    }
}
