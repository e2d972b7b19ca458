package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * The parts that an earlier attempt left at the store. One of them stands for bytes that were just read only if the store's checksum
 * of it is that of these bytes: its SHA-256 where the store keeps one, else the MD5 that S3 gives as the ETag of a part.
 *
 * @param byNumber what the store listed
 */
record KeptParts(Map<Integer, Part> byNumber) {

    static final KeptParts NONE = new KeptParts(Map.of());

    /**
     * A part that need not be sent.
     *
     * @param part for the completion
     * @param proven it was told by a SHA-256, not by an MD5
     */
    record Kept(CompletedPart part, boolean proven) {}

    static KeptParts of(List<Part> listed) {
        Map<Integer, Part> byNumber = new HashMap<>();
        listed.forEach(part -> byNumber.put(part.partNumber(), part));
        return new KeptParts(byNumber);
    }

    boolean isEmpty() {
        return byNumber.isEmpty();
    }

    /**
     * The part that stands for these bytes.
     *
     * @param checksums whether the SDK gives every part that is sent a CRC32 of its own: then all parts of the completion need one
     */
    Optional<Kept> matching(PartCutter.Part wanted, ChecksumMode checksums) {
        Part listed = byNumber.get(wanted.number());
        if (listed == null
                || listed.size() == null
                || listed.size() != wanted.bytes().remaining()) {
            return Optional.empty();
        }
        boolean strong = listed.checksumSHA256() != null;
        boolean same = strong
                ? listed.checksumSHA256().equals(ServerChecksum.of(ContentHash.of(wanted.bytes())))
                : md5(wanted.bytes())
                        .equals(S3Bucket.revision(listed.eTag(), null).etag());
        return same ? Optional.of(new Kept(completed(listed, wanted, checksums), strong)) : Optional.empty();
    }

    private static CompletedPart completed(Part listed, PartCutter.Part wanted, ChecksumMode checksums) {
        boolean untold = listed.checksumCRC32() == null && checksums == ChecksumMode.WHEN_SUPPORTED;
        return CompletedPart.builder()
                .partNumber(listed.partNumber())
                .eTag(listed.eTag())
                .checksumCRC32(untold ? crc32(wanted.bytes()) : listed.checksumCRC32())
                .checksumSHA256(listed.checksumSHA256())
                .build();
    }

    private static String crc32(ByteBuffer bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes.duplicate());
        byte[] value = ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array();
        return Base64.getEncoder().encodeToString(value);
    }

    private static String md5(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }
}
