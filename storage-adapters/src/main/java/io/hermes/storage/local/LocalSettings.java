package io.hermes.storage.local;

import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.document.PathTemplate;
import io.hermes.storage.settings.Settings;
import io.hermes.storage.settings.SettingsSchema;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the settings that {@link LocalConfig} documents and collects everything that is wrong with them. No I/O. */
final class LocalSettings {

    static final String BASE = "base_path";
    static final SettingsSchema SCHEMA = SettingsSchema.beside(LocalSettings.class);

    private static final String DURABILITY = "durability";
    private static final String METADATA = "metadata";
    private static final String REVISIONS = "revisions";
    private static final String TRASH_DAYS = "trash_retention_days";
    private static final List<String> SCOPES = List.of("docs_path", "drafts_path");

    private final Settings in;
    private final AllowedRoots allowed;

    private LocalSettings(StoreSettings settings, AllowedRoots allowed) {
        this.in = new Settings(SCHEMA, settings);
        this.allowed = allowed;
    }

    static List<SettingProblem> problems(StoreSettings settings, AllowedRoots allowed) {
        LocalSettings read = new LocalSettings(settings, allowed);
        LocalConfig unused = read.config();
        return read.in.problems();
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
                Duration.ofHours(in.number("leftover_hours")));
        in.given(PathTemplate.SETTING)
                .flatMap(PathTemplate::problemOf)
                .ifPresent(problem -> in.problem(PathTemplate.SETTING, problem));
        return read;
    }

    private Path root() {
        Optional<String> base = in.given(BASE);
        if (base.isEmpty()) {
            return Path.of("");
        }
        try {
            Path path = Path.of(base.get());
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
        List<String> scopes = new ArrayList<>();
        for (String setting : SCOPES) {
            Optional<String> value = in.given(setting);
            if (in.hasProblem(BASE) || value.isEmpty()) {
                continue;
            }
            if (isBelow(root, value.get())) {
                scopes.add(root.relativize(Path.of(value.get())).toString());
            } else {
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
        int days = in.number(TRASH_DAYS);
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
        String value = in.text(key);
        return Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElse(otherwise);
    }

    private void problem(String key, String message) {
        in.problem(key, message);
    }
}
