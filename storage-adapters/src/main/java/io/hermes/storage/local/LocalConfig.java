package io.hermes.storage.local;

import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.document.PathTemplate;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of a local store (SPEC §1.4).
 *
 * @param root {@code base_path}, absolute; keys are relative to it
 * @param scopes {@code docs_path} and {@code drafts_path} relative to the root: documents lie below these; empty for everywhere
 * @param durable whether a write returns only when it would survive a power cut ({@code durability=each}, the default)
 */
record LocalConfig(Path root, List<String> scopes, boolean durable) {

    private static final String BASE = "base_path";
    private static final String DURABILITY = "durability";
    private static final List<String> SCOPES = List.of("docs_path", "drafts_path");
    /** Settings of the original whose features are not the store's business. */
    private static final List<String> OTHERS =
            List.of("folders_path", "users_path", "tokens_path", "domain", "default_mime_type", PathTemplate.SETTING);

    private static final Set<String> KNOWN = Set.copyOf(Stream.of(List.of(BASE, DURABILITY), SCOPES, OTHERS)
            .flatMap(List::stream)
            .toList());
    private static final List<Path> SYSTEM =
            Stream.of("/proc", "/sys", "/dev", "/etc").map(Path::of).toList();
    /** Below {@code /dev}, yet an ordinary file system. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Everything wrong with the settings. No I/O. */
    static List<SettingProblem> problems(StoreSettings settings) {
        Map<String, String> config = settings.config();
        List<SettingProblem> problems = new ArrayList<>();
        config.keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .sorted()
                .forEach(key -> problems.add(new SettingProblem(key, "unknown setting; remove it")));
        baseProblem(config.get(BASE), problems);
        if (problems.isEmpty()) {
            scopeProblems(config, problems);
        }
        String durability = config.getOrDefault(DURABILITY, "each");
        if (!Set.of("each", "none").contains(durability)) {
            problems.add(new SettingProblem(DURABILITY, "is 'each' (fsync every document) or 'none'"));
        }
        String template = config.get(PathTemplate.SETTING);
        if (template != null) {
            PathTemplate.problemOf(template)
                    .ifPresent(problem -> problems.add(new SettingProblem(PathTemplate.SETTING, problem)));
        }
        return problems;
    }

    private static void baseProblem(String base, List<SettingProblem> problems) {
        if (base == null || base.isBlank()) {
            problems.add(
                    new SettingProblem(BASE, "is required: the absolute path of the folder that holds the documents"));
            return;
        }
        try {
            Path path = Path.of(base);
            if (!path.isAbsolute() || !path.equals(path.normalize())) {
                problems.add(new SettingProblem(BASE, "must be an absolute path without '.' and '..'"));
            } else if (isSystem(path)) {
                problems.add(new SettingProblem(BASE, "belongs to the operating system; name a folder of documents"));
            }
        } catch (InvalidPathException noPath) {
            problems.add(new SettingProblem(BASE, "is no path"));
        }
    }

    /** Whether a store must not have this folder as its root. */
    static boolean isSystem(Path path) {
        return path.getNameCount() == 0
                || (!path.startsWith(SHARED_MEMORY) && SYSTEM.stream().anyMatch(path::startsWith));
    }

    private static void scopeProblems(Map<String, String> config, List<SettingProblem> problems) {
        Path base = Path.of(config.get(BASE));
        for (String setting : SCOPES) {
            String value = config.get(setting);
            if (value != null && !isBelow(base, value)) {
                problems.add(
                        new SettingProblem(setting, "must be an absolute path below base_path, without '.' and '..'"));
            }
        }
    }

    private static boolean isBelow(Path base, String value) {
        try {
            Path path = Path.of(value);
            return path.equals(path.normalize()) && path.startsWith(base) && !path.equals(base);
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    /** The settings, once {@link #problems} found none. */
    static LocalConfig of(StoreSettings settings) {
        Map<String, String> config = settings.config();
        Path root = Path.of(config.get(BASE));
        List<String> scopes = SCOPES.stream()
                .filter(config::containsKey)
                .map(setting -> root.relativize(Path.of(config.get(setting))).toString())
                .toList();
        return new LocalConfig(root, scopes, !"none".equals(config.get(DURABILITY)));
    }

    /** Whether a document may have this key. */
    boolean holds(String key) {
        return scopes.isEmpty() || scopes.stream().anyMatch(scope -> key.startsWith(scope + "/"));
    }

    /** Whether documents may lie in this folder or somewhere below it. */
    boolean leadsToDocuments(String folder) {
        return holds(folder + "/") || scopes.stream().anyMatch(scope -> (scope + "/").startsWith(folder + "/"));
    }
}
