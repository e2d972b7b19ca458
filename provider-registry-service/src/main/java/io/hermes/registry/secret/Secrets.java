package io.hermes.registry.secret;

import io.hermes.edge.problem.ApiProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;

/**
 * Keeps secrets as texts that say nothing: sealed, or a reference to where the secret is. A text of neither form is a secret in clear
 * from before there was a key; it can be read, and {@link #reseal} seals it.
 */
@ApplicationScoped
public class Secrets {

    /** Code of the problem that a secret cannot be read, at least now. */
    public static final String UNAVAILABLE = "SECRET_UNAVAILABLE";

    private final Keys keys;
    private final References references;

    Secrets(Keys keys, References references) {
        this.keys = keys;
        this.references = references;
    }

    /**
     * The form in which a secret is stored.
     *
     * @throws ApiProblem 503 if there is no key: rather no provider than one whose secret lies open
     */
    public String seal(SecretPlace place, String secret) {
        KeyRing ring = keys.ring();
        String present = ring.present().orElseThrow(SecretProblems::noKey);
        return Envelope.seal(secret, place, present, ring.key(present).orElseThrow())
                .text();
    }

    /** What is wrong with a reference such as {@code env:NAME}; empty if it can be stored. What it leads to is not looked at. */
    public Optional<String> problemOfReference(String reference) {
        return SecretReference.parse(reference)
                .map(references::problemOf)
                .orElse(Optional.of("must be env:NAME, file:NAME or vault:MOUNT/PATH#FIELD"));
    }

    /** The form in which a reference is stored. */
    public static String refer(String reference) {
        return SecretReference.PREFIX + reference;
    }

    /** The reference of a stored text that is one. */
    public static Optional<String> reference(String stored) {
        return stored.startsWith(SecretReference.PREFIX)
                ? Optional.of(stored.substring(SecretReference.PREFIX.length()))
                : Optional.empty();
    }

    /** The secrets of a provider in clear. Fails 503 naming the field that cannot be read, never with a part of them. */
    public Uni<Map<String, String>> open(UUID provider, Map<String, String> stored) {
        Uni<Map<String, String>> opened = Uni.createFrom().item(LinkedHashMap::new);
        for (Map.Entry<String, String> secret : stored.entrySet()) {
            SecretPlace place = new SecretPlace(provider, secret.getKey());
            opened = opened.call(all -> open(place, secret.getValue()).invoke(clear -> all.put(place.field(), clear)));
        }
        return opened;
    }

    private Uni<String> open(SecretPlace place, String stored) {
        return Uni.createFrom()
                .deferred(() -> reference(stored)
                        .map(this::follow)
                        .orElseGet(
                                () -> Uni.createFrom().item(() -> isSealed(stored) ? unsealed(place, stored) : stored)))
                .onFailure(References.Unreachable.class)
                .transform(lost -> SecretProblems.unreadable(place.field(), lost.getMessage()));
    }

    private Uni<String> follow(String reference) {
        return SecretReference.parse(reference)
                .map(references::follow)
                .orElseThrow(() -> new References.Unreachable("it is a reference of an unknown form"));
    }

    /** The stored form under the present key; empty if it is so already, or is a reference. */
    public Optional<String> reseal(SecretPlace place, String stored) {
        if (reference(stored).isPresent()
                || sealedUnder(stored).equals(keys.ring().present())) {
            return Optional.empty();
        }
        return Optional.of(seal(place, isSealed(stored) ? unsealed(place, stored) : stored));
    }

    /** Fingerprint of the key that a stored text is sealed under; empty for a reference, or a secret in clear. */
    public static Optional<String> sealedUnder(String stored) {
        return isSealed(stored) ? Optional.of(Envelope.parse(stored).key()) : Optional.empty();
    }

    /** Fingerprints of the keys that are live, the present one first. */
    public List<String> liveKeys() {
        return keys.ring().fingerprints();
    }

    /** @throws ApiProblem 503 if there is no key to seal with */
    public void requireKey() {
        if (keys.ring().present().isEmpty()) {
            throw SecretProblems.noKey();
        }
    }

    private static boolean isSealed(String stored) {
        return stored.startsWith(Envelope.PREFIX);
    }

    private String unsealed(SecretPlace place, String stored) {
        Envelope envelope = Envelope.parse(stored);
        SecretKey key = keys.ring()
                .key(envelope.key())
                .orElseThrow(() -> SecretProblems.unreadable(
                        place.field(), "the key " + envelope.key() + " is not in the key file"));
        try {
            return envelope.open(place, key);
        } catch (AEADBadTagException altered) {
            throw SecretProblems.unreadable(
                    place.field(), "it was sealed for another provider or field, or has been altered; send it again");
        }
    }
}
