package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A checksum of the whole document that the store told when it was opened. Where the SDK does not see all of the body, or nothing
 * of it, we compare it.
 *
 * @param algorithm how it is computed
 * @param base64 in the form of the headers
 */
record ToldChecksum(ChecksumAlgorithm algorithm, String base64) {

    /** The strongest of those that the answer holds; none that is one of parts' checksums ({@code …-3}). */
    static Optional<ToldChecksum> of(GetObjectResponse answer) {
        return answer.checksumType() == ChecksumType.COMPOSITE
                ? Optional.empty()
                : Stream.of(
                                new ToldChecksum(DefaultChecksumAlgorithm.SHA256, answer.checksumSHA256()),
                                new ToldChecksum(DefaultChecksumAlgorithm.SHA1, answer.checksumSHA1()),
                                new ToldChecksum(DefaultChecksumAlgorithm.CRC64NVME, answer.checksumCRC64NVME()),
                                new ToldChecksum(DefaultChecksumAlgorithm.CRC32C, answer.checksumCRC32C()),
                                new ToldChecksum(DefaultChecksumAlgorithm.CRC32, answer.checksumCRC32()))
                        .filter(told -> told.base64() != null && !told.base64().contains("-"))
                        .findFirst();
    }

    /** The same bytes, failing {@link ErrorKind#CONTENT_MISMATCH} at their end if they are others than the store's. */
    Multi<ByteBuffer> checking(String key, Multi<ByteBuffer> bytes) {
        return Multi.createFrom().deferred(() -> {
            SdkChecksum seen = SdkChecksum.forAlgorithm(algorithm);
            return bytes.onItem()
                    .invoke(piece -> seen.update(piece.duplicate()))
                    .onCompletion()
                    .invoke(() -> require(key, seen));
        });
    }

    /** The same for whoever reads without Mutiny. */
    Publisher<ByteBuffer> checking(Publisher<ByteBuffer> bytes) {
        Multi<ByteBuffer> body = Multi.createFrom().publisher(FlowAdapters.toFlowPublisher(bytes));
        return FlowAdapters.toPublisher(checking("", body));
    }

    private void require(String key, SdkChecksum seen) {
        if (!Base64.getEncoder().encodeToString(seen.getChecksumBytes()).equals(base64)) {
            throw new StorageException(
                    ErrorKind.CONTENT_MISMATCH, "read", key, "the bytes are not those of the store's checksum");
        }
    }
}
