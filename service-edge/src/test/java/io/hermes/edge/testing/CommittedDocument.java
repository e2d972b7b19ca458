package io.hermes.edge.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A service's {@code openapi.yaml}, which is what its users generate clients from. {@code -Dopenapi.update} writes what is served instead
 * of comparing it.
 */
final class CommittedDocument {

    private static final Path FILE = Path.of("openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final String served;
    private final JsonNode model;

    private CommittedDocument(String served, JsonNode model) {
        this.served = served;
        this.model = model;
    }

    /** Asks the service under test. */
    static CommittedDocument read() {
        try {
            return new CommittedDocument(get("yaml").strip() + "\n", new ObjectMapper().readTree(get("json")));
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String get(String format) {
        return RestAssured.given()
                .queryParam("format", format)
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** What is committed; written first if an update was asked for. */
    String committed() {
        try {
            if (System.getProperty("openapi.update") != null) {
                Files.writeString(FILE, served);
            }
            return Files.exists(FILE) ? Files.readString(FILE) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same as YAML, as it is served. */
    String served() {
        return served;
    }

    JsonNode model() {
        return model;
    }

    /** Every operation by its name, like {@code GET /api/v2/things}. */
    SortedMap<String, JsonNode> operations() {
        SortedMap<String, JsonNode> operations = new TreeMap<>();
        model.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(member -> operations.put(
                                member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), member.getValue())));
        return operations;
    }

    /** Parameters of an operation. */
    static Stream<JsonNode> parameters(JsonNode operation) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false);
    }

    /** A schema, or the one that it refers to. */
    JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? model.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    /** The smallest role that may use an operation. */
    static Optional<String> role(JsonNode operation) {
        return operation.path("security").findValues("bearerToken").stream()
                .flatMap(scopes -> StreamSupport.stream(scopes.spliterator(), false))
                .map(JsonNode::asText)
                .findFirst();
    }

    /** The codes of problems that the document knows. */
    SortedSet<String> codes() {
        SortedSet<String> codes = new TreeSet<>();
        model.at("/components/schemas/Problem/properties/code/enum").forEach(word -> codes.add(word.asText()));
        return codes;
    }

    /** What is said about a problem of this status. */
    String problem(String status) {
        return model.at("/components/responses/Problem" + status + "/description")
                .asText();
    }
}
