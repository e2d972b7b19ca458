package io.hermes.edge.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** The answers that are problems (RFC 9457). */
final class Problems {

    private static final Map<Integer, String> MEANINGS = Map.ofEntries(
            Map.entry(400, "The request cannot be read, or breaks a rule that 'violations' names"),
            Map.entry(401, "No token, or one that this service does not know"),
            Map.entry(403, "The token does not have the role that the operation asks for"),
            Map.entry(404, "There is no such thing"),
            Map.entry(409, "Not possible in the present state; 'detail' says what is"),
            Map.entry(412, "It was changed meanwhile: read it again"),
            Map.entry(413, "The body is larger than this service takes"),
            Map.entry(415, "The body is of another media type than the operation takes"),
            Map.entry(422, "Well-formed, but it makes no sense together"),
            Map.entry(428, "If-Match is missing"),
            Map.entry(429, "Too many at once; come back after Retry-After seconds"),
            Map.entry(500, "An error of ours, which the log describes"),
            Map.entry(503, "Something that this service needs is away; come back after Retry-After seconds"));

    private final ProblemCodes codes;
    private final boolean ifMatchRequired;
    private final SortedSet<Integer> used = new TreeSet<>();

    Problems(ProblemCodes codes, boolean ifMatchRequired) {
        this.codes = codes;
        this.ifMatchRequired = ifMatchRequired;
    }

    /** The component responses that were used, each with the codes that go with its status. */
    Map<String, APIResponse> responses() {
        Map<String, APIResponse> responses = new LinkedHashMap<>();
        for (Integer status : used) {
            responses.put(
                    name(status),
                    OASFactory.createAPIResponse()
                            .description(MEANINGS.get(status) + ". Codes: " + codes.of(status))
                            .content(OASFactory.createContent()
                                    .addMediaType(
                                            "application/problem+json",
                                            OASFactory.createMediaType()
                                                    .schema(OASFactory.createSchema()
                                                            .ref("#/components/schemas/Problem")))));
        }
        return responses;
    }

    /** Gives the operation the problems that go with what it takes, beside its own answers. */
    void addTo(Operation operation, String path, PathItem.HttpMethod method) {
        Map<String, APIResponse> all = new TreeMap<>(ownAnswers(operation));
        SortedSet<Integer> statuses = statuses(path, method, operation);
        all.keySet().stream()
                .map(Integer::valueOf)
                .filter(MEANINGS::containsKey)
                .forEach(statuses::add);
        statuses.retainAll(codes.byStatus().keySet());
        used.addAll(statuses);
        for (Integer status : statuses) {
            all.put(status.toString(), OASFactory.createAPIResponse().ref("#/components/responses/" + name(status)));
        }
        APIResponses responses = OASFactory.createAPIResponses();
        all.forEach(responses::addAPIResponse);
        operation.setResponses(responses);
    }

    private static Map<String, APIResponse> ownAnswers(Operation operation) {
        return operation.getResponses() == null || operation.getResponses().getAPIResponses() == null
                ? Map.of()
                : operation.getResponses().getAPIResponses();
    }

    private SortedSet<Integer> statuses(String path, PathItem.HttpMethod method, Operation operation) {
        SortedSet<Integer> statuses = new TreeSet<>(Set.of(400, 401, 403, 500, 503));
        if (path.contains("{")) {
            statuses.add(404);
        }
        if (method != PathItem.HttpMethod.GET) {
            statuses.add(409);
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(Set.of(413, 415, 422));
        }
        if (operation.getParameters() != null
                && operation.getParameters().stream().map(Parameter::getName).anyMatch("If-Match"::equals)) {
            statuses.addAll(ifMatchRequired ? Set.of(412, 428) : Set.of(412));
        }
        return statuses;
    }

    Map<String, Schema> schemas() {
        return Map.of("Problem", problem(codes.all()), "Violation", violation());
    }

    private static Schema problem(List<String> codes) {
        return object(
                        "An RFC 9457 problem. 'code' is for programs and never changes its meaning; 'detail' is for people and may.")
                .addProperty(
                        "type",
                        string("Names the kind of problem; follows from the code")
                                .format("uri-reference"))
                .addProperty("title", string("The same for every occurrence of the code"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", string("What happened here, and what to do about it"))
                .addProperty("instance", string("The path of the request").format("uri-reference"))
                .addProperty("code", string("The stable word for programs").enumeration(List.copyOf(codes)))
                .addProperty("timestamp", string(null).format("date-time"))
                .addProperty(
                        "violations",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .description("Only with VALIDATION_FAILED")
                                .items(OASFactory.createSchema().ref("#/components/schemas/Violation")))
                .required(List.of("type", "title", "status", "detail", "code", "timestamp"))
                .examples(List.of(example()));
    }

    private static Schema violation() {
        return object("One thing wrong with a request.")
                .addProperty("field", string("Where, such as 'documentKeys[3]'"))
                .addProperty("in", string(null).enumeration(List.of("body", "query", "path", "header")))
                .addProperty("message", string("What is wrong and what would be right"))
                .addProperty("pointer", string("JSON pointer to the place, if it is in the body"))
                .required(List.of("field", "in", "message"));
    }

    private static Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", "/problems/validation-failed");
        example.put("title", "The request breaks a rule");
        example.put("status", 400);
        example.put("detail", "Correct the fields named in 'violations'.");
        example.put("instance", "/api/v2");
        example.put("code", "VALIDATION_FAILED");
        example.put("timestamp", "2026-11-23T14:10:00.000Z");
        Map<String, Object> violation = new LinkedHashMap<>();
        violation.put("field", "limit");
        violation.put("in", "query");
        violation.put("message", "must be between 1 and 100");
        example.put("violations", List.of(violation));
        return example;
    }

    private static Schema object(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).description(description);
    }

    private static Schema string(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }

    private static String name(int status) {
        return "Problem" + status;
    }
}
