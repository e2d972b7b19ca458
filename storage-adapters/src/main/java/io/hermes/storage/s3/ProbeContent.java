package io.hermes.storage.s3;

import static io.hermes.storage.s3.ProbeObjects.FIRST;
import static io.hermes.storage.s3.ProbeTrials.all;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Whether the store keeps what it is given, and refuses what it was not promised. */
final class ProbeContent {

    private static final String DELETED = "deleted";
    private static final String TAGGED = "tagged";
    private static final String CHECKED = "checked";
    private static final String SIGNED = "signed";

    private final ProbeObjects objects;
    private final HandSigned handSigned;

    ProbeContent(ProbeObjects objects, HandSigned handSigned) {
        this.objects = objects;
        this.handSigned = handSigned;
    }

    /** Read in the adapter's own way, which bounds what a stranger may answer. */
    Uni<Boolean> comesBack() {
        ByteBuffer written = ByteBuffer.wrap(bytes(FIRST));
        return new S3Reads(objects.asBucket(), false)
                .read(ReadRequest.latest(new DocumentKey(FIRST), written.remaining()))
                .map(document -> {
                    document.discard().run();
                    return document.content() instanceof DocumentContent.Whole whole
                            && whole.bytes().equals(written);
                });
    }

    Uni<Boolean> goesAway() {
        return objects.put(DELETED, "deleted", put -> {})
                .chain(() -> objects.delete(DELETED, delete -> {}))
                .chain(() -> objects.present(DELETED))
                .map(there -> !there);
    }

    Uni<Boolean> keepsMetadata() {
        return objects.head(FIRST)
                .map(head -> S3Metadata.read(head.metadata(), null).name())
                .map(name -> name.filter(ProbeObjects.DOCUMENT_NAME::equals).isPresent());
    }

    /** Tags that go with the object itself: one put afterwards could be lost by a crash. */
    Uni<Boolean> keepsTags() {
        return objects.put(TAGGED, "tagged", put -> put.tagging("hermes-probe=yes"))
                .chain(() -> objects.tags(TAGGED))
                .map(tags -> tags.stream()
                        .anyMatch(tag ->
                                tag.key().equals("hermes-probe") && tag.value().equals("yes")));
    }

    Uni<Boolean> checksWithSha256() {
        String right = ServerChecksum.of(ContentHash.of(ByteBuffer.wrap(bytes("checked"))));
        Uni<Boolean> kept = objects.put(CHECKED, "checked", put -> put.checksumSHA256(right))
                .chain(() -> objects.head(CHECKED, head -> head.checksumMode(ServerChecksum.TELL)))
                .map(head -> right.equals(head.checksumSHA256()));
        Uni<Boolean> wrong = objects.put(CHECKED, "other", put -> put.checksumSHA256(right))
                .replaceWith(false)
                // Servers name a wrong checksum differently; none of them answers it with a failure of its own.
                .onFailure(StorageException.is(ErrorKind.CONTENT_MISMATCH, ErrorKind.INTERNAL))
                .recoverWithItem(true);
        return all(List.of(kept, wrong));
    }

    /** The right bytes first, which shows that the signature is good and it is the bytes that are refused afterwards. */
    Uni<Boolean> refusesWrongBytes() {
        Uni<Boolean> unchanged = objects.head(SIGNED)
                .chain(before -> refusesForged(SIGNED, Map.of())
                        .chain(held -> objects.head(SIGNED)
                                .map(after -> held && after.eTag().equals(before.eTag()))));
        return all(List.of(acceptsSigned(SIGNED, Map.of()), unchanged));
    }

    Uni<Boolean> refusesWrongPart() {
        return objects.withUpload(SIGNED, upload -> {
            Map<String, String> part = Map.of("partNumber", "1", "uploadId", upload);
            return all(List.of(acceptsSigned(SIGNED, part), refusesForged(SIGNED, part)));
        });
    }

    private Uni<Boolean> acceptsSigned(String name, Map<String, String> query) {
        byte[] signed = bytes("signed bytes");
        return handSigned.put(objects.key(name), query, signed, signed).map(status -> status / 100 == 2);
    }

    private Uni<Boolean> refusesForged(String name, Map<String, String> query) {
        return handSigned
                .put(objects.key(name), query, bytes("signed bytes"), bytes("forged bytes"))
                .map(status -> status / 100 == 4);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
