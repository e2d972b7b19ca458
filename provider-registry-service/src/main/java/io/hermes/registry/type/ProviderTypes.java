package io.hermes.registry.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.problem.Violation;
import io.hermes.edge.registry.StoreFactories;
import io.hermes.storage.StoreFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The types that this registry was built with, and the schemas of their settings. */
@ApplicationScoped
public class ProviderTypes {

    private final Map<String, ProviderTypeView> types = new TreeMap<>();
    private final Map<String, SettingsRules> rules = new TreeMap<>();

    ProviderTypes(StoreFactories factories, ObjectMapper json) {
        for (String type : factories.types()) {
            JsonNode schema = schema(factories.of(type).orElseThrow(), json);
            types.put(type, ProviderTypeView.of(type, schema));
            rules.put(type, new SettingsRules(type, schema));
        }
    }

    private static JsonNode schema(StoreFactory factory, ObjectMapper json) {
        try {
            return json.readTree(factory.schema());
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("the schema of type " + factory.type() + " is not JSON", malformed);
        }
    }

    /** All of them, by name. */
    public ProviderTypePage all() {
        return new ProviderTypePage(List.copyOf(types.values()), types.size());
    }

    /** One of them. Fails 404 naming the known ones if there is none of this name. */
    public ProviderTypeView get(String type) {
        ProviderTypeView view = types.get(type);
        if (view == null) {
            throw ApiProblem.of(
                    404,
                    "PROVIDER_TYPE_UNKNOWN",
                    "No such provider type",
                    "This registry knows the types " + String.join(", ", types.keySet()) + ".");
        }
        return view;
    }

    /**
     * Everything that a type's schema finds wrong with settings, one violation for each, with its place below {@code config}.
     *
     * @param config settings as they are written; in the place of a secret any text, since nothing is said about secrets themselves
     */
    public List<Violation> violations(String type, ObjectNode config) {
        return rules.get(type).violations(config);
    }
}
