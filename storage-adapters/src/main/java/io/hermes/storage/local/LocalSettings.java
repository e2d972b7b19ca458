package io.hermes.storage.local;

import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.document.PathTemplate;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the settings that {@link LocalConfig} documents and collects everything that is wrong with them. No I/O. */
final class LocalSettings {

    static final String BASE = "base_path";
    static final String SMTP_PASSWORD = "smtp.password";

    private static final String DURABILITY = "durability";
    private static final String METADATA = "metadata";
    private static final String REVISIONS = "revisions";
    private static final String TRASH_DAYS = "trash_retention_days";
    private static final String LEFTOVER_HOURS = "leftover_hours";
    private static final List<String> SCOPES = List.of("docs_path", "drafts_path");
    private static final List<String> OTHERS = List.of(
            "folders_path",
            "users_path",
            "tokens_path",
            "domain",
            "default_mime_type",
            "smtp.host",
            "smtp.port",
            "smtp.username",
            "smtp.from",
            PathTemplate.SETTING);
    private static final Set<String> KNOWN = Set.copyOf(
            Stream.of(List.of(BASE, DURABILITY, METADATA, REVISIONS, TRASH_DAYS, LEFTOVER_HOURS), SCOPES, OTHERS)
                    .flatMap(List::stream)
                    .toList());

    private static final int MAX_DAYS = 36_500;
    private static final int MAX_HOURS = 8_760;

    private final Map<String, String> config;
    private final AllowedRoots allowed;
    private final List<SettingProblem> problems = new ArrayList<>();

    private LocalSettings(StoreSettings settings, AllowedRoots allowed) {
        this.config = settings.config();
        this.allowed = allowed;
        Set<String> unknown = new TreeSet<>(config.keySet());
        unknown.removeAll(KNOWN);
        unknown.forEach(key -> problem(
                key,
                key.equals(SMTP_PASSWORD)
                        ? "is a secret and does not belong among the open settings"
                        : "unknown setting; remove it"));
        settings.secrets().keySet().stream()
                .filter(key -> !key.equals(SMTP_PASSWORD))
                .sorted()
                .forEach(key -> problem(key, "unknown secret; remove it"));
    }

    static List<SettingProblem> problems(StoreSettings settings, AllowedRoots allowed) {
        LocalSettings read = new LocalSettings(settings, allowed);
        LocalConfig unused = read.config();
        return List.copyOf(read.problems);
    }

    /** The settings, once {@link #problems} found none. */
    static LocalConfig config(StoreSettings settings, AllowedRoots allowed) {
        return new LocalSettings(settings, allowed).config();
    }

    private LocalConfig config() {
        Path root = root();
        LocalConfig read = new LocalConfig(
                root,
                scopes(root),
                choice(DURABILITY, Durability.EACH),
                choice(METADATA, LocalConfig.Metadata.XATTR),
                keeping(),
                Duration.ofHours(number(LEFTOVER_HOURS, 24, 1, MAX_HOURS)));
        String template = config.get(PathTemplate.SETTING);
        if (template != null) {
            PathTemplate.problemOf(template).ifPresent(problem -> problem(PathTemplate.SETTING, problem));
        }
        return read;
    }

    private Path root() {
        String base = config.get(BASE);
        if (base == null || base.isBlank()) {
            problem(BASE, "is required: the absolute path of the folder that holds the documents");
            return Path.of("");
        }
        try {
            Path path = Path.of(base);
            if (!AllowedRoots.isPlain(path)) {
                problem(BASE, "must be an absolute path without '.' and '..'");
            } else if (AllowedRoots.isSystem(path)) {
                problem(BASE, "belongs to the operating system; name a folder of documents");
            } else if (!allowed.allow(path)) {
                problem(BASE, "is not below a folder that the operator allows; ask for it or name another one");
            }
            return path;
        } catch (InvalidPathException noPath) {
            problem(BASE, "is no path");
            return Path.of("");
        }
    }

    private List<String> scopes(Path root) {
        if (problems.stream().anyMatch(problem -> problem.key().equals(BASE))) {
            return List.of();
        }
        List<String> scopes = new ArrayList<>();
        for (String setting : SCOPES) {
            String value = config.get(setting);
            if (value != null && isBelow(root, value)) {
                scopes.add(root.relativize(Path.of(value)).toString());
            } else if (value != null) {
                problem(setting, "must be an absolute path below base_path, without '.' and '..'");
            }
        }
        return Collections.unmodifiableList(scopes);
    }

    private static boolean isBelow(Path root, String value) {
        try {
            Path path = Path.of(value);
            return path.equals(path.normalize()) && path.startsWith(root) && !path.equals(root);
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    private LocalConfig.Keeping keeping() {
        boolean revisions = choice(REVISIONS, Revisions.NONE) == Revisions.DIRECTORY;
        int days = number(TRASH_DAYS, 0, 0, MAX_DAYS);
        if (revisions && days > 0) {
            problem(TRASH_DAYS, "makes no sense with revisions=directory, which keeps every state; remove one of them");
        }
        if (revisions) {
            return new LocalConfig.Keeping.Revisions();
        }
        return days > 0 ? new LocalConfig.Keeping.Trash(days) : new LocalConfig.Keeping.Nothing();
    }

    private enum Revisions {
        NONE,
        DIRECTORY
    }

    private <E extends Enum<E>> E choice(String key, E otherwise) {
        String value = config.get(key);
        if (value == null) {
            return otherwise;
        }
        List<E> all = List.of(otherwise.getDeclaringClass().getEnumConstants());
        return all.stream()
                .filter(choice -> word(choice).equals(value))
                .findFirst()
                .orElseGet(() -> {
                    problem(
                            key,
                            "is one of " + all.stream().map(LocalSettings::word).toList());
                    return otherwise;
                });
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private int number(String key, int otherwise, int least, int most) {
        String value = config.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, together with numbers out of range.
        }
        problem(key, "is a whole number from " + least + " to " + most);
        return otherwise;
    }

    private void problem(String key, String message) {
        problems.add(new SettingProblem(key, message));
    }
}
