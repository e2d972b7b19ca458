package io.hermes.storage.s3;

import io.hermes.storage.Secret;
import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes typed values out of a provider's settings and collects what is wrong with them. A blank value counts as not set. */
final class Settings {

    private final StoreSettings settings;
    private final List<SettingProblem> problems = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    Settings(StoreSettings settings) {
        this.settings = settings;
    }

    Optional<String> text(String key) {
        known.add(key);
        return Optional.ofNullable(settings.config().get(key)).filter(value -> !value.isBlank());
    }

    String required(String key, Pattern form, String rule) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            problem(key, "is required");
        } else if (!form.matcher(value.get()).matches()) {
            problem(key, rule);
        }
        return value.orElse("");
    }

    boolean flag(String key, boolean otherwise) {
        String value = text(key).orElse(Boolean.toString(otherwise)).toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            problem(key, "is true or false");
        }
        return value.equals("true");
    }

    int number(String key, int otherwise, int least, int most) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.get().trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, together with numbers out of range.
        }
        problem(key, "is a whole number from " + least + " to " + most);
        return otherwise;
    }

    Optional<Secret> secret(String key) {
        known.add(key);
        if (settings.config().containsKey(key)) {
            problem(key, "is a secret and does not belong among the open settings");
        }
        return Optional.ofNullable(settings.secrets().get(key))
                .filter(value -> !value.reveal().isBlank());
    }

    /** A setting of the specification that nothing would act on yet. Refused, because an option without effect misleads. */
    void notYet(String key, String instead) {
        known.add(key);
        if (settings.config().containsKey(key) || settings.secrets().containsKey(key)) {
            problem(key, "is not available yet; " + instead);
        }
    }

    void problem(String key, String message) {
        problems.add(new SettingProblem(key, message));
    }

    List<SettingProblem> problems() {
        List<SettingProblem> all = new ArrayList<>(problems);
        Set<String> given = new HashSet<>(settings.config().keySet());
        given.addAll(settings.secrets().keySet());
        given.removeAll(known);
        given.stream()
                .sorted()
                .map(key -> new SettingProblem(key, "is no setting of an S3 provider"))
                .forEach(all::add);
        return List.copyOf(all);
    }
}
