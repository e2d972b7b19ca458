package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/** The SHA-256 that a server keeps and checks itself, in the form of its headers. */
final class ServerChecksum {

    /** What a request says to have it told. */
    static final String TELL = "ENABLED";

    private static final int BYTES = 32;

    private ServerChecksum() {}

    static String of(ContentHash hash) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash.hex()));
    }

    /**
     * The hash of the whole document, if that is what the server says. The checksum of an upload by parts is one of the parts' checksums
     * ({@code …-3}), which is no hash of any bytes of ours.
     */
    static Optional<ContentHash> read(String sha256, ChecksumType type) {
        if (sha256 == null || sha256.contains("-") || type == ChecksumType.COMPOSITE) {
            return Optional.empty();
        }
        try {
            byte[] digest = Base64.getDecoder().decode(sha256);
            return digest.length == BYTES
                    ? Optional.of(new ContentHash(HexFormat.of().formatHex(digest)))
                    : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
