package io.hermes.storage.s3;

import static io.hermes.storage.s3.ProbeObjects.FIRST;
import static io.hermes.storage.s3.ProbeObjects.RACE;
import static io.hermes.storage.s3.ProbeObjects.SIGNED;
import static io.hermes.storage.s3.ProbeObjects.refused;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a probe tries where it may write. Each trial that protects is run so that a store which ignores it is found out. */
final class ProbeTrials {

    private static final String STALE = S3Bucket.NO_ETAG;

    private final ProbeObjects objects;
    private final HandSigned handSigned;
    private final ProbeSteps steps;

    ProbeTrials(ProbeObjects objects, HandSigned handSigned, ProbeSteps steps) {
        this.objects = objects;
        this.handSigned = handSigned;
        this.steps = steps;
    }

    Uni<Void> run() {
        return steps.must("write", "", () -> write("first"))
                .chain(written -> written ? tryAll() : Uni.createFrom().item(false))
                .chain(() -> steps.must("cleanup", "", this::removeAll))
                .replaceWithVoid();
    }

    private Uni<Boolean> tryAll() {
        return steps.may("user_metadata", "The store loses what is kept with an object.", this::metadata)
                .chain(() -> tags())
                .chain(() -> steps.may(
                        "conditional_put", "The store overwrites in spite of If-None-Match.", this::conditionalPut))
                .chain(() -> steps.may(
                        "conditional_complete",
                        "The store overwrites in spite of If-None-Match when an upload by parts is completed.",
                        () -> refused(objects.completeIfAbsent(FIRST, bytes("parts")))))
                .chain(() -> steps.may(
                        "conditional_replace", "The store replaces in spite of If-Match.", this::conditionalReplace))
                .chain(() -> steps.may(
                        "refuses_wrong_bytes",
                        "The store accepts bytes that are not those that were signed; copies are read back.",
                        this::wrongBytes))
                .chain(() -> steps.may(
                        "conditional_delete", "The store deletes in spite of If-Match.", this::conditionalDelete));
    }

    private Uni<Boolean> tags() {
        return objects.needsTags()
                ? steps.must(
                        "tags",
                        "The store keeps no tags that come with an object: set metadata_store to user-metadata.",
                        objects::keepsTags)
                : steps.may("tags", "The store keeps no tags.", objects::keepsTags);
    }

    private Uni<Boolean> write(String content) {
        return objects.put(FIRST, bytes(content), put -> {}).replaceWith(true);
    }

    private Uni<Boolean> metadata() {
        return objects.head(FIRST)
                .map(head -> S3Metadata.read(head.metadata(), null).name())
                .map(name -> name.filter("pr\u00fcf 100%"::equals).isPresent());
    }

    /** Refused twice over an object, and won by one of two at once. */
    private Uni<Boolean> conditionalPut() {
        Uni<Boolean> over = refused(objects.put(FIRST, bytes("other"), put -> put.ifNoneMatch("*")));
        Uni<Boolean> one = refused(objects.put(RACE, bytes("one"), put -> put.ifNoneMatch("*")));
        Uni<Boolean> other = refused(objects.put(RACE, bytes("another"), put -> put.ifNoneMatch("*")));
        return all(List.of(over, over))
                .chain(held -> held
                        ? Uni.join()
                                .all(one, other)
                                .andFailFast()
                                .map(lost -> !lost.get(0).equals(lost.get(1)))
                        : Uni.createFrom().item(false));
    }

    private Uni<Boolean> conditionalReplace() {
        Uni<Boolean> stale = refused(objects.put(FIRST, bytes("stale"), put -> put.ifMatch(STALE)));
        Uni<Boolean> right = objects.head(FIRST)
                .chain(head -> refused(objects.put(FIRST, bytes("right"), put -> put.ifMatch(head.eTag()))))
                .map(refused -> !refused);
        return all(List.of(stale, stale, right));
    }

    /** The right bytes first, which shows that the signature is good and it is the bytes that are refused afterwards. */
    private Uni<Boolean> wrongBytes() {
        byte[] signed = bytes("signed bytes");
        Uni<Boolean> right = handSigned.put(objects.key(SIGNED), signed, signed).map(status -> status / 100 == 2);
        Uni<Boolean> wrong = handSigned
                .put(objects.key(SIGNED), signed, bytes("forged bytes"))
                .map(status -> status / 100 == 4);
        Uni<Boolean> same = objects.head(SIGNED)
                .chain(before -> wrong.chain(held ->
                        objects.head(SIGNED).map(after -> held && after.eTag().equals(before.eTag()))));
        return all(List.of(right, same));
    }

    private Uni<Boolean> conditionalDelete() {
        Uni<Boolean> stale = refused(objects.delete(FIRST, delete -> delete.ifMatch(STALE)));
        Uni<Boolean> still = objects.head(FIRST)
                .replaceWith(true)
                .onFailure(ProbeObjects::isGone)
                .recoverWithItem(false);
        Uni<Boolean> right = objects.head(FIRST)
                .chain(head -> refused(objects.delete(FIRST, delete -> delete.ifMatch(head.eTag()))))
                .map(refused -> !refused);
        return all(List.of(stale, stale, still, right, still.map(there -> !there)));
    }

    private Uni<Boolean> removeAll() {
        return objects.removeAll(steps.saw("versions")).replaceWith(true);
    }

    /** One after another, up to the first that does not hold. */
    private static Uni<Boolean> all(List<Uni<Boolean>> trials) {
        Uni<Boolean> held = Uni.createFrom().item(true);
        for (Uni<Boolean> trial : trials) {
            held = held.chain(sofar -> sofar ? trial : Uni.createFrom().item(false));
        }
        return held;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
