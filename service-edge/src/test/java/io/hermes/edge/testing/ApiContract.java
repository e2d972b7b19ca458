package io.hermes.edge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document of a service is committed, complete, and what the service does; so is the table of who may do what. */
public abstract class ApiContract {

    private CommittedDocument document;

    /** A token of the service under test that has this role. */
    protected abstract String token(String role);

    @BeforeEach
    void readTheDocument() {
        document = CommittedDocument.read();
    }

    @Test
    void theCommittedDocumentIsTheServedOne() {
        String module = Path.of("").toAbsolutePath().getFileName().toString();
        assertThat(document.committed())
                .as(
                        "The API of %1$s has changed. If that is meant, run ./mvnw -pl %1$s -am test -Dtest=OpenApiTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.update and commit %1$s/openapi.yaml",
                        module)
                .isEqualTo(document.served());
    }

    @Test
    void everyOperationSaysWhatItIsAndWhatMayGoWrong() {
        assertThat(document.model().path("openapi").asText()).startsWith("3.1");
        Set<String> ids = new TreeSet<>();
        document.operations().forEach((name, operation) -> {
            assertThat(operation.path("summary").asText())
                    .as("summary of %s", name)
                    .hasSizeGreaterThan(8);
            assertThat(operation.path("tags")).as("tag of %s", name).hasSize(1);
            assertThat(ids.add(operation.path("operationId").asText()))
                    .as("one operationId for %s", name)
                    .isTrue();
            assertThat(operation.path("responses").fieldNames())
                    .toIterable()
                    .as("answers of %s", name)
                    .contains("400", "401", "403", "500", "503")
                    .anyMatch(status -> status.startsWith("2"));
        });
        assertThat(ids).hasSizeGreaterThan(5);
    }

    @Test
    void everyAnswerHasASchema() {
        document.operations()
                .forEach((name, operation) -> operation.path("responses").properties().stream()
                        .filter(answer -> answer.getKey().startsWith("2")
                                && !answer.getKey().equals("204"))
                        .forEach(answer -> assertThat(answer.getValue().path("content"))
                                .as("%s of %s", answer.getKey(), name)
                                .isNotEmpty()
                                .allSatisfy(content -> assertThat(content.path("schema"))
                                        .as("schema of %s", name)
                                        .isNotEmpty())));
    }

    @Test
    void everyParameterIsDescribed() {
        document.operations()
                .forEach((name, operation) -> assertThat(CommittedDocument.parameters(operation))
                        .as("parameters of %s", name)
                        .allSatisfy(parameter -> {
                            assertThat(parameter.path("description").asText())
                                    .as("%s", parameter)
                                    .isNotBlank();
                            assertThat(parameter.path("schema"))
                                    .as("%s", parameter)
                                    .isNotEmpty();
                        }));
    }

    @Test
    void everyFieldOfARequestIsDescribed() {
        document.operations()
                .forEach((name, operation) -> operation
                        .at("/requestBody/content")
                        .forEach(content -> document.resolved(content.path("schema"))
                                .path("properties")
                                .properties()
                                .forEach(field -> assertThat(field.getValue()
                                                .path("description")
                                                .asText())
                                        .as("%s of the body of %s", field.getKey(), name)
                                        .isNotBlank())));
    }

    /** The answer is what the document says of it. */
    protected final void assertAnswers(Response answer, String operation) {
        JsonNode schema = document.operations()
                .get(operation)
                .path("responses")
                .path(Integer.toString(answer.statusCode()))
                .at("/content/application~1json/schema");
        assertThat(schema).as("%s of %s", answer.statusLine(), operation).isNotEmpty();
        assertThat(SchemaFaults.of(answer.as(JsonNode.class), schema, document))
                .as(operation)
                .isEmpty();
    }

    /** What the document says of the values of a query parameter is what the service takes. */
    @Test
    void theLimitsOfParametersHold() {
        document.operations()
                .forEach((name, operation) -> CommittedDocument.parameters(operation)
                        .filter(parameter -> parameter.path("in").asText().equals("query"))
                        .forEach(parameter -> {
                            JsonNode schema = document.resolved(parameter.path("schema"));
                            allowed(schema)
                                    .forEach(value -> assertThat(ask(name, parameter, value))
                                            .as("%s=%s of %s", parameter.path("name"), value, name)
                                            .isNotEqualTo(400)
                                            .isLessThan(500));
                            refused(schema)
                                    .forEach(value -> assertThat(ask(name, parameter, value))
                                            .as("%s=%s of %s", parameter.path("name"), value, name)
                                            .isEqualTo(400));
                        }));
    }

    private static Stream<String> allowed(JsonNode schema) {
        return Stream.concat(
                StreamSupport.stream(schema.path("enum").spliterator(), false).map(JsonNode::asText),
                Stream.of("minimum", "maximum")
                        .filter(schema::has)
                        .map(bound -> schema.path(bound).asText()));
    }

    private static Stream<String> refused(JsonNode schema) {
        Stream.Builder<String> refused = Stream.builder();
        if (schema.has("enum")) {
            refused.add("no-such-word");
        }
        if (schema.has("minimum")) {
            refused.add(Long.toString(schema.path("minimum").asLong() - 1));
        }
        if (schema.has("maximum")) {
            refused.add(Long.toString(schema.path("maximum").asLong() + 1));
        }
        return refused.build();
    }

    private int ask(String name, JsonNode parameter, String value) {
        Route route = routes().get(name);
        return request(route, "admin")
                .queryParam(parameter.path("name").asText(), value)
                .request(route.method(), route.path())
                .statusCode();
    }

    @Test
    void everyCodeOfAProblemIsKnown() {
        assertThat(document.codes()).isEqualTo(ProblemSources.codes());
        assertThat(ProblemSources.withStatus())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(document.problem(found.group(1)))
                        .as("%s", found.group(1))
                        .satisfiesAnyOf(
                                unused -> assertThat(unused).isEmpty(),
                                said -> assertThat(said).contains(found.group(2))));
    }

    @Test
    void everyPublicRouteIsInTheDocumentAndNoOther() {
        assertThat(document.operations().keySet())
                .isEqualTo(routes().keySet().stream()
                        .filter(operation -> !operation.contains(" /internal/"))
                        .collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyRouteNamesItsRoleAsTheTableSays() {
        Map<String, Map<String, String>> annotated = new TreeMap<>();
        for (Route route : Route.all()) {
            assertThat(route.roles())
                    .as("@RolesAllowed of %s", route.operation())
                    .hasSize(1);
            Map<String, String> row = RoleMatrix.row(route.roles().get(0));
            assertThat(annotated.merge(route.operation(), row, (one, other) -> other))
                    .as("all methods of %s", route.operation())
                    .isEqualTo(row);
        }
        assertThat(annotated).isEqualTo(RoleMatrix.read().rows());
    }

    @Test
    void theDocumentNamesTheRoleThatTheTableSays() {
        Map<String, Map<String, String>> table = RoleMatrix.read().rows();
        document.operations()
                .forEach((name, operation) -> assertThat(CommittedDocument.role(operation))
                        .as("role of %s", name)
                        .hasValueSatisfying(role ->
                                assertThat(RoleMatrix.row(role)).as(name).isEqualTo(table.get(name))));
    }

    @Test
    void everybodyMayDoWhatTheTableSaysAndNothingElse() {
        Map<String, Map<String, String>> table = RoleMatrix.read().rows();
        for (Route route : Route.all()) {
            for (String who : RoleMatrix.WHO) {
                int status = request(route, who)
                        .request(route.method(), route.path())
                        .statusCode();
                String expected = table.get(route.operation()).get(who);
                if (expected.equals("yes")) {
                    assertThat(status)
                            .as("%s: %s", who, route)
                            .isNotIn(401, 403)
                            .isLessThan(500);
                } else {
                    assertThat(status).as("%s: %s", who, route).isEqualTo(Integer.parseInt(expected));
                }
            }
        }
    }

    private static Map<String, Route> routes() {
        Map<String, Route> routes = new TreeMap<>();
        Route.all().forEach(route -> routes.put(route.operation(), route));
        return routes;
    }

    /** Nothing changes by it: the paths name nothing that there is, and the bodies say nothing. */
    private RequestSpecification request(Route route, String who) {
        RequestSpecification request = RestAssured.given();
        route.bodyType().ifPresent(type -> request.contentType(type).body("{}".getBytes(StandardCharsets.UTF_8)));
        return switch (who) {
            case "nobody" -> request;
            case "wrong token" -> request.auth().oauth2("no-such-token");
            default -> request.auth().oauth2(token(who));
        };
    }
}
