package io.hermes.orchestrator.job;

import io.hermes.contract.provider.ResolvedProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a provider's documents are, as far as its settings tell: enough to see that two of them reach the same documents. Links
 * between folders and two names of one endpoint do not show here; the worker compares what it is about to write with what it reads.
 */
sealed interface StorePlace {

    /** Folders of a file system, the store's root and those set apart from it. */
    record Folders(List<Path> roots) implements StorePlace {}

    /** A part of a bucket; the prefix ends with a slash unless it is empty. */
    record Bucket(String endpoint, String bucket, String prefix) implements StorePlace {}

    /** A store of which only its own adapter knows where it is. */
    record Elsewhere() implements StorePlace {}

    /** Where this provider's documents are. */
    static StorePlace of(ResolvedProvider provider) {
        Map<String, String> config = provider.config();
        return switch (provider.providerType()) {
            case "local" -> new Folders(roots(config));
            case "s3" -> new Bucket(endpoint(config), config.getOrDefault("bucket", ""), prefix(config));
            default -> new Elsewhere();
        };
    }

    /** Whether one reaches documents of the other. */
    default boolean overlaps(StorePlace other) {
        return switch (this) {
            case Folders here -> other instanceof Folders there && nested(here, there);
            case Bucket here -> other instanceof Bucket there && nested(here, there);
            case Elsewhere here -> false;
        };
    }

    private static boolean nested(Folders here, Folders there) {
        return here.roots().stream()
                .anyMatch(a -> there.roots().stream().anyMatch(b -> a.startsWith(b) || b.startsWith(a)));
    }

    private static boolean nested(Bucket here, Bucket there) {
        return here.endpoint().equals(there.endpoint())
                && here.bucket().equals(there.bucket())
                && (here.prefix().startsWith(there.prefix()) || there.prefix().startsWith(here.prefix()));
    }

    private static List<Path> roots(Map<String, String> config) {
        return Stream.of("base_path", "docs_path", "drafts_path")
                .map(config::get)
                .filter(Objects::nonNull)
                .map(text -> Path.of(text).toAbsolutePath().normalize())
                .toList();
    }

    private static String endpoint(Map<String, String> config) {
        String endpoint = config.getOrDefault("endpoint", "").toLowerCase(Locale.ROOT);
        return endpoint.replaceAll("/+$", "")
                .replaceAll("^(http://.*):80$", "$1")
                .replaceAll("^(https://.*):443$", "$1");
    }

    /** {@code production} does not reach {@code production-old}, so a prefix is compared with the slash that ends it. */
    private static String prefix(Map<String, String> config) {
        String prefix = config.getOrDefault("prefix", "").replaceAll("^/+|/+$", "");
        return prefix.isEmpty() ? "" : prefix + "/";
    }
}
