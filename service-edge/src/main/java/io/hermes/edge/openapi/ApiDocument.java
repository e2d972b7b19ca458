package io.hermes.edge.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/**
 * Completes the document that is generated from the routes: operation ids, the role that each operation asks for, the problems that it may
 * answer, descriptions of parameters, examples, and an order that does not depend on how classes are found. Routes below
 * {@code /internal} are not in it. A service extends this, implements {@link org.eclipse.microprofile.openapi.OASFilter} by it, and
 * says what is its own.
 */
public abstract class ApiDocument {

    private static final String SCHEME = "bearerToken";

    /** Schemas that libraries add; nothing answers with them. */
    private static final Set<String> NOT_OURS = Set.of("HttpProblem", "HttpValidationProblem", "JsonNodeType");

    private static final Set<String> ANY_JSON = Set.of("JsonNode", "ObjectNode");

    /** The codes that a problem of this service may have beyond those that every service has, by status. */
    protected abstract Map<Integer, List<String>> codes();

    /** Whether a change without If-Match is refused. */
    protected abstract boolean ifMatchRequired();

    /** What each path, query and header parameter means that does not say so itself, by its name. */
    protected abstract Map<String, String> parameters();

    /** Names of schemas that have an example in {@code openapi/NAME.json}. */
    protected abstract List<String> examples();

    /** Does it all, once, when the service is built. */
    public void filterOpenAPI(OpenAPI document) {
        Paths paths = OASFactory.createPaths();
        Problems problems = new Problems(ProblemCodes.with(codes()), ifMatchRequired());
        new TreeMap<>(document.getPaths().getPathItems()).forEach((path, item) -> {
            if (!path.startsWith("/internal")) {
                paths.addPathItem(path, completed(path, item, problems));
            }
        });
        document.setPaths(paths);
        document.setTags(document.getTags().stream()
                .sorted(Comparator.comparing(Tag::getName))
                .toList());
        document.setComponents(components(document.getComponents(), problems));
    }

    private Components components(Components components, Problems problems) {
        Map<String, Schema> schemas = new TreeMap<>(components.getSchemas());
        schemas.keySet().removeAll(NOT_OURS);
        ANY_JSON.forEach(name -> schemas.computeIfPresent(
                name, (any, internals) -> OASFactory.createSchema().description("Any JSON")));
        schemas.values().forEach(ApiDocument::withoutInternals);
        new FieldNotes(getClass()).addTo(schemas);
        schemas.putAll(problems.schemas());
        examples().forEach(name -> schemas.get(name).setExamples(List.of(example(name))));
        components.setSchemas(schemas);
        components.setResponses(problems.responses());
        components.setSecuritySchemes(
                Map.of(
                        SCHEME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "A token that this service knows. Each operation names, like a scope, the smallest role that"
                                                + " suffices: viewer, operator or admin, each of which may do all that the one before it may.")));
        return components;
    }

    /** What is written in one of several ways is not at the same time an object with the fields of its class. */
    private static void withoutInternals(Schema schema) {
        if (schema.getOneOf() != null) {
            schema.setType(null);
            schema.setProperties(null);
            schema.setRequired(null);
        }
    }

    private PathItem completed(String path, PathItem generated, Problems problems) {
        PathItem item = OASFactory.createPathItem().parameters(generated.getParameters());
        new TreeMap<>(generated.getOperations()).forEach((method, operation) -> {
            complete(path, method, operation);
            problems.addTo(operation, path, method);
            item.setOperation(method, operation);
        });
        return item;
    }

    private void complete(String path, PathItem.HttpMethod method, Operation operation) {
        operation.setOperationId(operationId(operation.getOperationId()));
        operation.setSecurity(List.of(OASFactory.createSecurityRequirement()
                .addScheme(SCHEME, List.of(role(method + " " + path, operation)))));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(this::describe);
        }
    }

    /** A route that nobody may use is a mistake, so it is not built. */
    private static String role(String route, Operation operation) {
        List<SecurityRequirement> required = operation.getSecurity() == null ? List.of() : operation.getSecurity();
        return required.stream()
                .flatMap(requirement -> requirement.getSchemes().values().stream())
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(route + " asks for no role: annotate it with @RolesAllowed"));
    }

    private void describe(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(parameters().get(parameter.getName()));
        }
    }

    /** {@code JobResource_list} is {@code jobList}; what a route calls itself is kept. */
    private static String operationId(String generated) {
        if (!generated.contains("_")) {
            return generated;
        }
        String[] parts = generated.split("_", 2);
        String name = parts[0].replaceFirst("(Resource|Routes?)$", "");
        return Character.toLowerCase(name.charAt(0))
                + name.substring(1)
                + Character.toUpperCase(parts[1].charAt(0))
                + parts[1].substring(1);
    }

    private Object example(String name) {
        try (InputStream file = getClass().getResourceAsStream("/openapi/" + name + ".json")) {
            return new ObjectMapper().readValue(file, Map.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
