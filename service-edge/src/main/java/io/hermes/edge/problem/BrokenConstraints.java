package io.hermes.edge.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * A broken Bean Validation constraint names its field and where in the request it stands. The extension does the same, but knows
 * neither {@code @RestQuery} nor {@code @RestPath}.
 */
class BrokenConstraints {

    @ServerExceptionMapper(priority = FrameworkRefusals.FIRST)
    Response refuse(ConstraintViolationException refusal, ResourceInfo resource, UriInfo uri) {
        List<Violation> violations = refusal.getConstraintViolations().stream()
                .map(broken -> violation(broken, resource.getResourceMethod()))
                .sorted(Comparator.comparing(Violation::field))
                .toList();
        return FrameworkRefusals.answer(Violation.problem(violations), refusal, uri);
    }

    /**
     * The path is method, parameter, then fields: of a body only the fields mean something to a caller. An element of a list is named by
     * its index already, and what is written as one JSON value has no fields.
     */
    private static Violation violation(ConstraintViolation<?> broken, Method method) {
        List<String> path = new ArrayList<>();
        for (Path.Node node : broken.getPropertyPath()) {
            if (node.getKind() != ElementKind.CONTAINER_ELEMENT) {
                path.add(node.toString().replaceAll("<[^>]*>", ""));
            }
        }
        if (broken.getLeafBean() != null && isOneValue(broken.getLeafBean().getClass()) && path.size() > 3) {
            path.removeLast();
        }
        String parameter = path.size() > 1 ? path.get(1) : "";
        String in = placeOf(method, parameter);
        int skipped = in.equals("body") ? 2 : 1;
        String field = String.join(".", path.subList(Math.min(skipped, path.size()), path.size()));
        return in.equals("body")
                ? Violation.body(field, broken.getMessage())
                : new Violation(field, in, broken.getMessage());
    }

    private static boolean isOneValue(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredFields()))
                .anyMatch(member -> member.isAnnotationPresent(JsonValue.class));
    }

    private static String placeOf(Method method, String parameter) {
        return Arrays.stream(method.getParameters())
                .filter(candidate -> candidate.getName().equals(parameter))
                .flatMap(candidate -> Arrays.stream(candidate.getAnnotations()))
                .map(BrokenConstraints::place)
                .filter(place -> !place.equals("body"))
                .findFirst()
                .orElse("body");
    }

    private static String place(Annotation annotation) {
        return switch (annotation) {
            case RestQuery query -> "query";
            case QueryParam query -> "query";
            case RestPath path -> "path";
            case PathParam path -> "path";
            case RestHeader header -> "header";
            case HeaderParam header -> "header";
            default -> "body";
        };
    }
}
