package io.hermes.storage.document;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;

/**
 * Which document this is, wherever it lies. The answer depends on nothing but the arguments: asked twice, it is the same. An identity
 * is never invented, because an invented one would make another document of it with every look.
 */
public final class DocumentIdentity {

    private static final int VERSION_5 = 0x5000;

    private DocumentIdentity() {}

    /**
     * The first that is there: the UUID in the store's metadata, in the frontmatter, in the key's name, else one derived from provider
     * and key.
     *
     * @param providerUuid the store that the document lies in
     * @param key its key there
     * @param metadata what the store keeps with it
     * @param frontmatter what its head says, {@link DocumentMetadata#NONE} if it says nothing
     */
    public static UUID of(UUID providerUuid, DocumentKey key, DocumentMetadata metadata, DocumentMetadata frontmatter) {
        return metadata.uuid().or(frontmatter::uuid).or(() -> inName(key)).orElseGet(() -> derived(providerUuid, key));
    }

    /**
     * The UUID that names the document: its last segment up to the first dot, with hyphens. 32 bare hex characters do not count,
     * since they are as likely somebody's MD5; nor does a UUID amid other words, since several documents may carry it.
     */
    public static Optional<UUID> inName(DocumentKey key) {
        String name = key.name();
        int dot = name.indexOf('.');
        return UuidText.hyphenated(dot < 0 ? name : name.substring(0, dot));
    }

    /** UUIDv5 (RFC 9562) of the key's UTF-8 bytes in the name space of the provider's UUID. */
    public static UUID derived(UUID providerUuid, DocumentKey key) {
        MessageDigest sha1 = newSha1();
        sha1.update(bytesOf(providerUuid));
        sha1.update(key.value().getBytes(StandardCharsets.UTF_8));
        ByteBuffer digest = ByteBuffer.wrap(sha1.digest());
        long high = digest.getLong() & ~0xF000L | VERSION_5;
        long low = digest.getLong() & ~(0b11L << 62) | 0b10L << 62;
        return new UUID(high, low);
    }

    private static byte[] bytesOf(UUID uuid) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    // The standard prescribes SHA-1 here; it names and proves nothing.
    private static MessageDigest newSha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
