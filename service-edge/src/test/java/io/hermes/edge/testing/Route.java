package io.hermes.edge.testing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A route as it is annotated, whether it is in the document or not.
 *
 * @param operation like {@code GET /api/v2/things}
 * @param roles that its annotation names, none if there is no annotation
 * @param bodyType the media type of what it takes, if it takes a body
 */
record Route(String operation, List<String> roles, Optional<String> bodyType) {

    /** Every route of the service under test. */
    static List<Route> all() {
        return CDI.current().getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class) && !type.isInterface())
                .distinct()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()).flatMap(method -> of(type, method)))
                .toList();
    }

    private static Stream<Route> of(Class<?> type, Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(annotation -> annotation.getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(verb -> new Route(
                        verb.value() + " " + path(type, method),
                        annotation(RolesAllowed.class, type, method)
                                .map(allowed -> List.of(allowed.value()))
                                .orElse(List.of()),
                        annotation(Consumes.class, type, method).map(consumes -> consumes.value()[0])));
    }

    private static String path(Class<?> type, Method method) {
        String base = type.getAnnotation(Path.class).value();
        Path own = method.getAnnotation(Path.class);
        return own == null ? base : (base + "/" + own.value()).replaceAll("/+", "/");
    }

    private static <A extends Annotation> Optional<A> annotation(Class<A> wanted, Class<?> type, Method method) {
        return Optional.ofNullable(method.getAnnotation(wanted))
                .or(() -> Optional.ofNullable(type.getAnnotation(wanted)));
    }

    String method() {
        return operation.substring(0, operation.indexOf(' '));
    }

    /** With a UUID that nothing has in place of every parameter. */
    String path() {
        return operation
                .substring(operation.indexOf(' ') + 1)
                .replaceAll("\\{[^}]*}", "00000000-0000-4000-8000-000000000000");
    }
}
