package io.hermes.cli.conversion;

import io.hermes.cli.hcl.Body;
import io.hermes.cli.hcl.Body.Block;
import io.hermes.cli.hcl.HclFault;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A configuration as a {@code providers.yaml}.
 *
 * @param providers how many there are
 * @param yaml the file
 * @param remarks everything that is not in it, or not as it was, in the order of the configuration
 */
public record Conversion(int providers, String yaml, List<Remark> remarks) {

    private static final String ELSEWHERE = "does not describe stores, and is left out with all that is in it";

    public Conversion {
        remarks = List.copyOf(remarks);
    }

    /** Converts a whole file. Fails, with the line, if it is no HCL, or if a provider has no name, no type, or that of another one. */
    public static Conversion of(String hcl) throws HclFault {
        Remarks remarks = new Remarks();
        Variables variables = new Variables();
        Part file = new Part("", Body.of(hcl), remarks);
        Map<String, Store> stores = new LinkedHashMap<>();
        for (Block all : file.takeBlocks("storage_providers")) {
            add(stores, file.within(all), variables);
        }
        file.takeBlocks("migration").forEach(migration -> MigrationBlock.convert(migration, file));
        file.remarkRest(ELSEWHERE);
        return new Conversion(stores.size(), yaml(stores.values(), variables.names()), remarks.inOrder());
    }

    private static void add(Map<String, Store> stores, Part all, Variables variables) throws HclFault {
        for (Block block : all.takeBlocks("provider")) {
            Optional<Store> converted = ProviderBlock.convert(block, all, variables);
            if (converted.isPresent()) {
                Store store = converted.get();
                if (store.isPrimary() && stores.values().stream().anyMatch(Store::isPrimary)) {
                    store.fields().put(Store.PRIMARY, "false");
                    all.remark(block, "is not written as the primary one, since another one is it already");
                }
                if (stores.put(store.name(), store) != null) {
                    throw new HclFault(block.line(), "another provider has this name already");
                }
            }
        }
        all.remarkRest(ELSEWHERE);
    }

    private static String yaml(Collection<Store> stores, Set<String> variables) {
        String needed = variables.isEmpty()
                ? ""
                : variables.stream()
                        .map(name -> "#   " + name + "\n")
                        .collect(Collectors.joining("", "# The registry's environment must have:\n", ""));
        return stores.stream()
                .map(Store::yaml)
                .collect(Collectors.joining(
                        "", "# Made from HCL by 'hermes provider import-hcl'.\n" + needed + "providers:\n", ""));
    }
}
