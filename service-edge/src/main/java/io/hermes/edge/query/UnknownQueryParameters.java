package io.hermes.edge.query;

import io.hermes.edge.problem.ApiProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a query parameter that the resource method does not declare, also one inside a {@code @BeanParam}. */
@ApplicationScoped
class UnknownQueryParameters {

    private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void refuse(ContainerRequestContext request, ResourceInfo resource) {
        Set<String> sent = request.getUriInfo().getQueryParameters().keySet();
        Method method = resource.getResourceMethod();
        if (sent.isEmpty() || method == null) {
            return;
        }
        Set<String> known = declared.computeIfAbsent(method, UnknownQueryParameters::parametersOf);
        Set<String> unknown = new TreeSet<>(sent);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw problem(unknown, known);
        }
    }

    private static ApiProblem problem(Set<String> unknown, Set<String> known) {
        return ApiProblem.of(
                        400,
                        "UNKNOWN_QUERY_PARAMETER",
                        "Unknown query parameter",
                        known.isEmpty()
                                ? "This route takes no query parameters."
                                : "This route takes " + String.join(", ", known) + ".")
                .with("parameters", unknown);
    }

    private static Set<String> parametersOf(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(UnknownQueryParameters::namesOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> namesOf(Parameter parameter) {
        return parameter.isAnnotationPresent(BeanParam.class)
                ? Arrays.stream(parameter.getType().getDeclaredFields()).flatMap(UnknownQueryParameters::namesOf)
                : nameOf(parameter, parameter.getName()).stream();
    }

    private static Stream<String> namesOf(Field field) {
        return nameOf(field, field.getName()).stream();
    }

    private static Optional<String> nameOf(AnnotatedElement element, String name) {
        QueryParam standard = element.getAnnotation(QueryParam.class);
        if (standard != null) {
            return Optional.of(standard.value());
        }
        RestQuery query = element.getAnnotation(RestQuery.class);
        return query == null ? Optional.empty() : Optional.of(query.value().isEmpty() ? name : query.value());
    }
}
