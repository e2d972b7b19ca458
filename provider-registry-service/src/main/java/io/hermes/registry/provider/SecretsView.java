package io.hermes.registry.provider;

import io.hermes.registry.secret.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the providers' secrets are kept; never a secret, nor where one is.
 *
 * @param presentKey fingerprint of the key that seals now, {@code null} if there is none
 * @param keys every key that is live or that something is sealed under
 * @param references secrets that are kept elsewhere
 * @param inClear secrets from before there was a key; sealing them again ends that
 */
public record SecretsView(String presentKey, List<Key> keys, long references, long inClear) {

    /**
     * A key.
     *
     * @param key its fingerprint
     * @param live whether it is in the key file
     * @param secrets how many secrets are sealed under it; a key with none can be taken out of the file
     */
    public record Key(String key, boolean live, long secrets) {}

    static SecretsView of(List<String> liveKeys, List<Provider> providers) {
        List<String> stored =
                providers.stream().flatMap(row -> row.secrets.values().stream()).toList();
        Map<String, Long> sealed = stored.stream()
                .map(Secrets::sealedUnder)
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long references = stored.stream()
                .map(Secrets::reference)
                .filter(Optional::isPresent)
                .count();
        long underKeys = sealed.values().stream().mapToLong(Long::longValue).sum();
        TreeSet<String> known = new TreeSet<>(sealed.keySet());
        known.addAll(liveKeys);
        List<Key> keys = known.stream()
                .map(key -> new Key(key, liveKeys.contains(key), sealed.getOrDefault(key, 0L)))
                .toList();
        return new SecretsView(
                liveKeys.stream().findFirst().orElse(null), keys, references, stored.size() - references - underKeys);
    }
}
