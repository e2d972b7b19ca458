package io.hermes.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A list that the service gives out page by page.
 *
 * @param list the member of the answer that holds the elements
 * @param pageSize most elements that the service puts on a page
 */
public record Pages(HermesApi service, String list, int pageSize) {

    /**
     * The first so many elements in an answer like that of one page; {@code nextCursor} is there if more exist.
     *
     * @param query path and filters
     */
    public ObjectNode first(Query query, int limit) throws ApiFailure, InterruptedException {
        ArrayNode elements = JsonNodeFactory.instance.arrayNode();
        String cursor = null;
        do {
            int wanted = Math.min(pageSize, limit - elements.size());
            JsonNode page = service.get(
                    query.with("limit", wanted).with("cursor", cursor).text());
            page.path(list).forEach(elements::add);
            cursor = page.path("nextCursor").textValue();
        } while (cursor != null && elements.size() < limit);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set(list, elements);
        answer.put("count", elements.size());
        if (cursor != null) {
            answer.put("nextCursor", cursor);
        }
        return answer;
    }
}
