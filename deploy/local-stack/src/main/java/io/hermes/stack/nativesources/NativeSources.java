package io.hermes.stack.nativesources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Asserts that the native image of each service will find what it reaches only by reflection: the records of the contracts that it
 * reads or writes, and its schema. Run after {@code -Dquarkus.native.sources-only=true}.
 */
public final class NativeSources {

    private static final List<String> SERVICES =
            List.of("provider-registry-service", "migration-orchestrator-service", "migration-worker-service");

    private NativeSources() {}

    /** The only argument is the root of the project. Ends with code 1 when something is missing. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        ContractRecords contracts = new ContractRecords(root.resolve("migration-contracts/target/classes"));
        List<String> missing = new ArrayList<>();
        for (String service : SERVICES) {
            missing.addAll(missing(root.resolve(service), contracts));
        }
        missing.forEach(System.err::println);
        System.exit(missing.isEmpty() ? 0 : 1);
    }

    private static List<String> missing(Path module, ContractRecords contracts) throws IOException {
        NativeConfiguration configuration = NativeConfiguration.of(runner(module));
        List<String> missing = new ArrayList<>();
        List<String> records = contracts.mentionedIn(module.resolve("target/classes"));
        for (String name : records) {
            if (!configuration.reflects(name)) {
                missing.add(module.getFileName() + ": no reflection on " + name + "; add it to @RegisterForReflection");
            }
        }
        List<String> resources = schema(module);
        resources.stream()
                .filter(resource -> !configuration.includes(resource))
                .forEach(resource -> missing.add(module.getFileName() + ": resource " + resource + " is not included"));
        System.out.printf(
                "%s: %d records of the contracts, %d schema files%n",
                module.getFileName(), records.size(), resources.size());
        return missing;
    }

    private static Path runner(Path module) throws IOException {
        Path folder = module.resolve("target/native-sources");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no runner in " + folder));
        }
    }

    private static List<String> schema(Path module) throws IOException {
        Path resources = module.resolve("src/main/resources");
        if (!Files.isDirectory(resources.resolve("db/migration"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(resources.resolve("db/migration"))) {
            return files.map(file -> resources.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
