package io.hermes.registry.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.hermes.registry.provider.CreateProvider;
import io.hermes.registry.provider.DeclaredFault;
import io.hermes.registry.provider.DeclaredProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code providers.yaml}. The schema beside this class says what may be in it; a provider's settings are left to its type. */
final class ProvidersFile {

    private static final int LARGEST = 1 << 20;
    private static final int DEEPEST = 20;

    /** Members with rules of their own, which hold for all that is in them. */
    private static final Set<String> RULED = Set.of("quota", "limits");

    private final ObjectMapper json;
    private final Interpolation interpolation;
    private final Schema schema;
    private final JsonNode properties;

    ProvidersFile(ObjectMapper json, Interpolation interpolation) {
        this.json = json;
        this.interpolation = interpolation;
        try (InputStream file = ProvidersFile.class.getResourceAsStream("providers-file.schema.json")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
            properties = json.readTree(text).at("/properties/providers/items/properties");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * What a file says.
     *
     * @param providers none if there are faults
     * @param faults everything that is wrong with it
     * @param content what it says after all was put in, to be compared with the next reading; never to be shown
     */
    record Reading(List<DeclaredProvider> providers, List<DeclaredFault> faults, JsonNode content) {

        /** Shows nothing: secrets are among it. */
        @Override
        public String toString() {
            return "Reading[" + providers.size() + ", " + faults + "]";
        }
    }

    /** @param file the name to tell people */
    Reading read(String text, String file) {
        YamlTree tree = new YamlTree(interpolation);
        JsonNode content;
        try {
            Node root = new Yaml(limits()).compose(new StringReader(text));
            content = root == null ? json.createObjectNode() : tree.read(root);
        } catch (MarkedYAMLException malformed) {
            return unreadable(
                    "is no YAML at line " + (malformed.getProblemMark().getLine() + 1) + ", column "
                            + (malformed.getProblemMark().getColumn() + 1),
                    text);
        } catch (YAMLException tooMuch) {
            return unreadable("is larger, deeper or more entangled than a list of providers is", text);
        }
        List<DeclaredFault> faults = new ArrayList<>(tree.faults());
        schema.validate(content).stream()
                .map(this::fault)
                .filter(fault ->
                        faults.stream().noneMatch(known -> known.pointer().equals(fault.pointer())))
                .forEach(faults::add);
        List<DeclaredProvider> providers = faults.isEmpty() ? providers(content, file, faults) : List.of();
        return new Reading(faults.isEmpty() ? providers : List.of(), faults, content);
    }

    /** The reading of a file that is not there. */
    Reading missing() {
        return unreadable("cannot be read: is it mounted, and is it UTF-8?", "");
    }

    private Reading unreadable(String why, String text) {
        return new Reading(
                List.of(),
                List.of(new DeclaredFault("", why)),
                json.getNodeFactory().textNode(text));
    }

    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setCodePointLimit(LARGEST);
        return limits;
    }

    private DeclaredFault fault(Error error) {
        NodePath place = error.getInstanceLocation();
        return switch (error.getKeyword()) {
            case "required" -> new DeclaredFault(place + "/" + error.getProperty(), "is required");
            case "additionalProperties" -> new DeclaredFault(place + "/" + error.getProperty(), "is not a known field");
            default -> new DeclaredFault(place.toString(), expected(place));
        };
    }

    private String expected(NodePath place) {
        return switch (place.getNameCount()) {
            case 0 -> "must be an object with the list 'providers'";
            case 1 -> "must be a list of providers";
            case 2 -> "must be an object with providerName, providerType and config";
            case 3 -> rule(place);
            default -> RULED.contains(place.getName(2)) ? rule(place) : "must be true or false";
        };
    }

    private String rule(NodePath place) {
        return properties.path(place.getName(2)).path("x-rule").asText();
    }

    private List<DeclaredProvider> providers(JsonNode content, String file, List<DeclaredFault> faults) {
        List<DeclaredProvider> providers = new ArrayList<>();
        int number = 0;
        for (JsonNode entry : content.path("providers")) {
            ObjectNode provider = entry.deepCopy();
            boolean adopt = provider.path("adopt").asBoolean();
            provider.remove("adopt");
            String place = "/providers/" + number++;
            provider(provider, place, faults)
                    .map(wanted -> new DeclaredProvider(place, adopt, wanted, file + "#" + wanted.providerName()))
                    .ifPresent(providers::add);
        }
        return providers;
    }

    /** To a schema 10.0 is a whole number; the API does not take it for one. */
    private Optional<CreateProvider> provider(JsonNode described, String place, List<DeclaredFault> faults) {
        try {
            return Optional.of(json.treeToValue(described, CreateProvider.class));
        } catch (JsonProcessingException unforeseen) {
            faults.add(new DeclaredFault(place, "holds a number with a point where a whole number is wanted"));
            return Optional.empty();
        }
    }
}
