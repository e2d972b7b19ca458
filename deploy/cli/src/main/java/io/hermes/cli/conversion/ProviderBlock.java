package io.hermes.cli.conversion;

import io.hermes.cli.hcl.Body.Attribute;
import io.hermes.cli.hcl.Body.Block;
import io.hermes.cli.hcl.HclFault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One {@code provider "name"} of {@code storage_providers}. */
final class ProviderBlock {

    private static final Set<String> STATUSES = Set.of("active", "readonly", "disabled", "migrating");
    private static final String NOT_CARRIED = "has no place in a file of providers, and is left out";

    private final Block block;
    private final Part part;
    private final Variables variables;
    private final Store store;

    private ProviderBlock(Block block, Part part, Variables variables) {
        this.block = block;
        this.part = part;
        this.variables = variables;
        this.store = new Store(block.labels().getFirst());
    }

    /** The store; empty if the registry has no adapter for it. */
    static Optional<Store> convert(Block block, Part around, Variables variables) throws HclFault {
        if (block.labels().size() != 1) {
            throw new HclFault(block.line(), "a provider has one name: provider \"name\" { … }");
        }
        return new ProviderBlock(block, around.within(block), variables).convert();
    }

    private Optional<Store> convert() throws HclFault {
        Attribute type = part.take("type")
                .orElseThrow(() -> new HclFault(block.line(), "the provider that begins here needs a type"));
        String name = Literals.text(type.value()).orElse("");
        Optional<Map<String, Form>> forms = Form.ofSettings(name);
        if (forms.isEmpty()) {
            part.remark(type, "is none of the types that the registry has (local, s3); the whole provider is left out");
            return Optional.empty();
        }
        store.fields().put("providerType", Yaml.text(name));
        truth("is_primary", Store.PRIMARY);
        truth("is_writable", "isWritable");
        part.take("status").ifPresent(this::status);
        for (Block config : part.takeBlocks("config")) {
            new Settings(store.name(), variables, part.within(config)).into(store, forms.get());
        }
        part.takeBlocks("capabilities").forEach(this::capabilities);
        part.remarkRest(NOT_CARRIED);
        addDefaults(name);
        return Optional.of(store);
    }

    private void truth(String attribute, String field) {
        part.take(attribute).ifPresent(given -> {
            Optional<Boolean> truth = Literals.truth(given.value());
            truth.ifPresent(yes -> store.fields().put(field, String.valueOf(yes)));
            if (truth.isEmpty()) {
                store.fields().put(field, "false");
                part.remark(given, "is neither true nor false here; false is written, look whether that is right");
            }
        });
    }

    /** A store that was not in use must not come into use. */
    private void status(Attribute given) {
        Optional<String> known = Literals.text(given.value()).filter(STATUSES::contains);
        store.fields().put("status", Yaml.text(known.orElse("disabled")));
        if (known.isEmpty()) {
            part.remark(given, "is none of active, readonly, disabled and migrating; disabled is written");
        }
    }

    private void capabilities(Block capabilities) {
        Part within = part.within(capabilities);
        for (Attribute one : capabilities.body().attributes()) {
            Optional<Boolean> truth =
                    one.name().matches("[A-Za-z_][A-Za-z0-9_]*") ? Literals.truth(one.value()) : Optional.empty();
            truth.flatMap(yes -> within.take(one.name()).map(seen -> yes))
                    .ifPresent(yes -> store.capabilities().put(one.name(), String.valueOf(yes)));
        }
        within.remarkRest("is neither true nor false, and left out");
    }

    /** What the original takes if nothing is said, where the registry takes something else. */
    private void addDefaults(String type) {
        if (type.equals("s3") && !store.config().containsKey("metadata_store")) {
            addDefault("metadata_store", Yaml.text("s3-tags"), "s3-tags");
        }
        String base = store.config().get("base_path");
        if (type.equals("local") && base != null && !hasScope()) {
            String begun = base.substring(0, base.length() - 1).replaceFirst("/+$", "");
            addDefault("docs_path", begun + "/docs\"", "docs below base_path");
            addDefault("drafts_path", begun + "/drafts\"", "drafts below base_path");
        }
    }

    private boolean hasScope() {
        return store.config().containsKey("docs_path") || store.config().containsKey("drafts_path");
    }

    private void addDefault(String setting, String yaml, String what) {
        store.config().put(setting, yaml);
        part.remarkMissing(
                block.line(), "config." + setting, "is not given; what the original takes then is written: " + what);
    }
}
