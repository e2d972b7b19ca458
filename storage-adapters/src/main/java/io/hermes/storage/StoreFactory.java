package io.hermes.storage;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes stores of one type. Implementations are CDI beans; there is no reflection and no service loader. */
public interface StoreFactory {

    /** The provider type, such as {@code s3}. */
    String type();

    /**
     * The JSON Schema 2020-12 of the settings: every one that there is, with what people call it, its default, its bounds, and whether
     * it is secret. What it allows, {@link #validate} may still find fault with, never the other way round.
     */
    String schema();

    /** Names of the settings that are secret and must be sealed, redacted and never echoed. */
    Set<String> secretKeys();

    /**
     * Checks settings without I/O.
     *
     * @return every problem found, empty if {@link #open} will accept them. An unknown key is a problem
     */
    List<SettingProblem> validate(StoreSettings settings);

    /**
     * The servers that a store of these settings talks to, as far as the settings make sense; no I/O. None for a store without a network.
     */
    default List<StoreEndpoint> endpoints(StoreSettings settings) {
        return List.of();
    }

    /** Opens a store that nobody paces. */
    default DocumentStore open(StoreSettings settings) {
        return open(settings, Pace.unlimited(settings.providerName()));
    }

    /**
     * Opens a store whose requests go at a provider's pace. No I/O happens before its first call.
     *
     * @throws StorageException {@link ErrorKind#CONFIG_INVALID} if {@link #validate} finds a problem
     */
    default DocumentStore open(StoreSettings settings, Pace pace) {
        List<SettingProblem> problems = validate(settings);
        if (!problems.isEmpty()) {
            String all = problems.stream()
                    .map(problem -> "'" + problem.key() + "' " + problem.message())
                    .collect(Collectors.joining("; "));
            throw new StorageException(ErrorKind.CONFIG_INVALID, "open", settings.providerName(), all);
        }
        return openValid(settings, pace);
    }

    /** The same for settings without a problem. A type that makes several requests of a call gives each its turn, and hears of throttling. */
    default DocumentStore openValid(StoreSettings settings, Pace pace) {
        return new PacedCalls(openValid(settings), pace);
    }

    /** Opens a store whose settings have no problem; only this interface calls it. */
    DocumentStore openValid(StoreSettings settings);

    /**
     * One thing wrong with a setting.
     *
     * @param key the setting, such as {@code bucket}
     * @param message what is wrong and what to do; never holds a secret's value
     */
    record SettingProblem(String key, String message) {}
}
