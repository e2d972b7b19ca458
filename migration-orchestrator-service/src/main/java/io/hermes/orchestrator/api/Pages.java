package io.hermes.orchestrator.api;

import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** Cuts a list that was read with one element more than asked for, and says where it goes on. */
final class Pages {

    private Pages() {}

    /** The elements of one page. */
    record Page<T>(List<T> elements, String nextCursor) {

        static <T> Page<T> cut(List<T> oneMore, int limit, Function<T, String> cursorOf) {
            if (oneMore.size() <= limit) {
                return new Page<>(oneMore, null);
            }
            List<T> elements = oneMore.subList(0, limit);
            return new Page<>(elements, cursorOf.apply(elements.getLast()));
        }
    }

    /** The answer with its {@code Link} to the next page, if there is one. */
    static <T> RestResponse<T> answer(T body, String nextCursor, UriInfo uri) {
        RestResponse.ResponseBuilder<T> answer = RestResponse.ResponseBuilder.ok(body);
        if (nextCursor != null) {
            URI next = uri.getRequestUriBuilder()
                    .replaceQueryParam("cursor", nextCursor)
                    .build();
            answer.header("Link", "<" + next.getRawPath() + "?" + next.getRawQuery() + ">; rel=\"next\"");
        }
        return answer.build();
    }
}
