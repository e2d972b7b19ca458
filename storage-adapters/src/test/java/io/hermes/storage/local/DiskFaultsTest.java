package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Disks that are full, sealed or broken. */
class DiskFaultsTest extends OnDisk {

    @Test
    void aFullDiskLeavesNothingBehind() throws Exception {
        // Given
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeTrue(shell("mount -t tmpfs -o size=1m tmpfs '" + disk + "'"), "mounting is not permitted here");
        try (DocumentStore small = LocalContract.open(disk, Map.of())) {
            put(small, "kept", bytes(1000));

            // When
            ErrorKind whole = kindOf(small.write(request("w", whole(bytes(2_000_000)), Precondition.ifAbsent())));
            ErrorKind stream = kindOf(small.write(request("s", streamed(bytes(2_000_000)), Precondition.ifAbsent())));

            // Then
            assertThat(whole).isEqualTo(ErrorKind.QUOTA_EXCEEDED);
            assertThat(stream).isEqualTo(ErrorKind.QUOTA_EXCEEDED);
            assertThat(namesIn(disk)).containsExactly("kept");
            put(small, "fits", bytes(500_000));
        } finally {
            assertThat(shell("umount '" + disk + "'")).isTrue();
        }
    }

    @Test
    void aReadOnlyDiskRefusesWrites() throws Exception {
        // Given
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeTrue(shell("mount -t tmpfs -o size=1m,ro tmpfs '" + disk + "'"), "mounting is not permitted here");
        try (DocumentStore sealed = LocalContract.open(disk, Map.of())) {
            // When
            ErrorKind kind = kindOf(sealed.write(request("a/b", whole(bytes(1)), Precondition.ifAbsent())));

            // Then
            assertThat(kind).isEqualTo(ErrorKind.PERMISSION_DENIED);
        } finally {
            assertThat(shell("umount '" + disk + "'")).isTrue();
        }
    }
}
