package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
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
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void aDiskWithoutInodesLeavesNothingBehind() throws Exception {
        // Given room for bytes, but for a few files only
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeTrue(
                shell("mount -t tmpfs -o size=4m,nr_inodes=4 tmpfs '" + disk + "'"), "mounting is not permitted here");
        try (DocumentStore small = LocalContract.open(disk, Map.of("revisions", "directory", "metadata", "sidecar"))) {
            put(small, "a", bytes(1));
            put(small, "b", bytes(1));
            put(small, "c", bytes(1));

            // When
            ErrorKind more = kindOf(small.write(request("d", whole(bytes(1)), Precondition.ifAbsent())));
            ErrorKind instead = kindOf(small.write(request("a", whole(bytes(2)), Precondition.none())));
            ErrorKind below = kindOf(small.write(request("f/e", whole(bytes(2)), Precondition.none())));

            // Then
            assertThat(List.of(more, instead, below)).containsOnly(ErrorKind.QUOTA_EXCEEDED);
            assertThat(namesIn(disk)).containsExactly("a", "b", "c");
            assertThat(read(small, "a")).isEqualTo(bytes(1));
        } finally {
            assertThat(shell("umount '" + disk + "'")).isTrue();
        }
    }

    @Test
    void aFullDiskInTheMiddleOfAReplacementKeepsTheOldState() throws Exception {
        // Given
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeTrue(shell("mount -t tmpfs -o size=1m tmpfs '" + disk + "'"), "mounting is not permitted here");
        try (DocumentStore small = LocalContract.open(disk, Map.of("trash_retention_days", "1"))) {
            put(small, "a", bytes(300_000));
            put(small, "a", bytes(400_000));

            // When
            ErrorKind kind = kindOf(small.write(request("a", whole(bytes(500_000)), Precondition.none())));

            // Then
            assertThat(kind).isEqualTo(ErrorKind.QUOTA_EXCEEDED);
            assertThat(read(small, "a")).isEqualTo(bytes(400_000));
            assertThat(filesBelow(disk)).hasSize(2);
        } finally {
            assertThat(shell("umount '" + disk + "'")).isTrue();
        }
    }

    @Test
    void aFailedSyncFailsTheWriteAndLeavesNothing() throws Exception {
        // Given a disk that fails the first sync, which is the file's
        assumeTrue(shell("strace -f -e trace=fsync true"), "strace is not here or not permitted");

        // When
        ChildJvm.Outcome outcome = failing("fsync:error=EIO:when=1", "put:a");

        // Then
        assertThat(outcome.lines()).contains("put:a INTERNAL");
        assertThat(namesIn(root)).isEmpty();
        put(store, "a", bytes(1));
    }

    @Test
    void aFailedSyncOfTheFolderFailsTheWriteAndLeavesTheWholeDocument() throws Exception {
        // Given a disk that fails the second sync, which is the folder's
        assumeTrue(shell("strace -f -e trace=fsync true"), "strace is not here or not permitted");

        // When
        ChildJvm.Outcome outcome = failing("fsync:error=EIO:when=2", "put:a");

        // Then nobody was told that it is safe, and nothing was taken back in error
        assertThat(outcome.lines()).contains("put:a INTERNAL");
        assertThat(namesIn(root)).containsExactly("a");
        assertThat(read(store, "a")).hasSize(1000);
    }

    @Test
    void aFailedReadFailsTheReader() throws Exception {
        // Given
        assumeTrue(shell("strace -f -e trace=fsync true"), "strace is not here or not permitted");
        put(store, "a", bytes(1000));

        // When
        ChildJvm.Outcome outcome = ChildJvm.run(
                List.of(
                        "strace",
                        "-f",
                        "-o",
                        "/dev/null",
                        "-P",
                        root.resolve("a").toString(),
                        "-e",
                        "trace=read,pread64",
                        "-e",
                        "inject=read,pread64:error=EIO"),
                List.of(),
                root.toString(),
                "",
                "read:a");

        // Then
        assertThat(outcome.lines()).contains("read:a INTERNAL");
    }

    private ChildJvm.Outcome failing(String injection, String... steps) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(root.toString(), ""));
        arguments.addAll(List.of(steps));
        return ChildJvm.run(
                List.of("strace", "-f", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=" + injection),
                List.of(),
                arguments.toArray(String[]::new));
    }
}
