package io.hermes.storage.settings;

import io.hermes.storage.Secret;
import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes typed values out of a provider's settings, with the defaults and bounds of their schema, and collects what is wrong with them:
 * one problem a setting. A blank value counts as not set. A reader that asks for a setting which the schema does not describe, or
 * leaves one out, fails at once: so neither can say what the other does not.
 */
public final class Settings {

    private final SettingsSchema schema;
    private final StoreSettings settings;
    private final List<SettingProblem> problems = new ArrayList<>();
    private final Set<String> read = new HashSet<>();

    /** Settings to be read; what the schema finds wrong with them is a problem already. */
    public Settings(SettingsSchema schema, StoreSettings settings) {
        this.schema = schema;
        this.settings = settings;
        Set<String> unknown = new TreeSet<>(settings.config().keySet());
        unknown.addAll(settings.secrets().keySet());
        unknown.removeAll(schema.keys());
        unknown.forEach(key -> problem(key, "is no setting of a provider of type " + settings.type() + "; remove it"));
        schema.settings().values().forEach(this::check);
    }

    private void check(Setting setting) {
        String key = setting.key();
        if (setting.secret() && settings.config().containsKey(key)) {
            problem(key, "is a secret and does not belong among the open settings");
        } else if (!setting.secret() && settings.secrets().containsKey(key)) {
            problem(key, "is no secret; it belongs among the open settings");
        } else if (setting.unavailable() && settings.secrets().containsKey(key)) {
            problem(key, setting.expected());
        } else if (setting.required() && value(key).isEmpty()) {
            problem(key, "is required");
        }
        value(key).flatMap(setting::problemOf).ifPresent(wrong -> problem(key, wrong));
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(settings.config().get(key)).filter(text -> !text.isBlank());
    }

    private Setting setting(String key) {
        read.add(key);
        return schema.setting(key);
    }

    /** The value, if one is given. */
    public Optional<String> given(String key) {
        return value(setting(key).key());
    }

    /** The value or its default; empty where there is neither, a problem of it that is there already. */
    public String text(String key) {
        return given(key).or(setting(key)::otherwise).orElse("");
    }

    /** The same of a setting without a default of its own. */
    public boolean flag(String key, boolean otherwise) {
        return given(key).map(Settings::isTrue).orElse(otherwise);
    }

    /** The value or its default. */
    public boolean flag(String key) {
        return isTrue(text(key));
    }

    private static boolean isTrue(String value) {
        return value.toLowerCase(Locale.ROOT).equals("true");
    }

    /** The value or its default, which stands for a wrong one too. */
    public int number(String key) {
        Setting setting = setting(key);
        return given(key)
                .flatMap(setting::number)
                .orElseGet(() -> Integer.parseInt(setting.otherwise().orElseThrow()));
    }

    /** The secret, if one is given. */
    public Optional<Secret> secret(String key) {
        return Optional.ofNullable(settings.secrets().get(setting(key).key()))
                .filter(value -> !value.reveal().isBlank());
    }

    /** Something more is wrong with a setting. Nothing is added where something is wrong with it already. */
    public void problem(String key, String message) {
        if (!hasProblem(key)) {
            problems.add(new SettingProblem(key, message));
        }
    }

    /** Whether something is wrong with a setting. */
    public boolean hasProblem(String key) {
        return problems.stream().anyMatch(problem -> problem.key().equals(key));
    }

    /**
     * Everything found, once all is read.
     *
     * @throws IllegalStateException if nobody has read a setting which the schema says to have an effect
     */
    public List<SettingProblem> problems() {
        List<String> unread = schema.settings().values().stream()
                .filter(setting -> !setting.ignored() && !setting.unavailable())
                .map(Setting::key)
                .filter(key -> !read.contains(key))
                .toList();
        if (!unread.isEmpty()) {
            throw new IllegalStateException("nobody reads the settings " + unread + " that the schema describes");
        }
        return List.copyOf(problems);
    }
}
