package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.failureOf;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.StoreFactory.SettingProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RELIABILITY B43: a root that nobody should be able to register. */
class AllowedRootsTest extends OnDisk {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/etc",
                "/etc/ssl",
                "/proc",
                "/proc/self/root",
                "/sys",
                "/dev",
                "relative",
                "./x",
                "/srv/../etc",
                "/srv/./x"
            })
    void neverTheSystemsOwn(String base) {
        assertThat(problems(AllowedRoots.everywhere(), base)).containsExactly("base_path");
        assertThatIllegalArgumentException().isThrownBy(() -> new AllowedRoots(List.of(Path.of(base))));
    }

    @Test
    void onlyBelowWhatIsAllowed() {
        AllowedRoots allowed = new AllowedRoots(List.of(Path.of("/srv/documents"), Path.of("/mnt/a")));
        for (String good : List.of("/srv/documents", "/srv/documents/team", "/mnt/a/b/c")) {
            assertThat(problems(allowed, good)).as(good).isEmpty();
        }
        for (String bad : List.of("/srv", "/srv/documents-old", "/mnt", "/var/lib/postgresql", "/tmp")) {
            assertThat(problems(allowed, bad)).as(bad).containsExactly("base_path");
        }
    }

    @Test
    void aLinkOutOfTheAllowedRootIsRefusedWhenItIsOpened() throws IOException {
        // Given
        Path allowed = Files.createDirectory(home.resolve("allowed"));
        Path outside = Files.createDirectory(home.resolve("outside"));
        Files.createSymbolicLink(allowed.resolve("out"), outside);
        Files.createSymbolicLink(allowed.resolve("system"), Path.of("/proc/self"));

        // Then
        for (String link : List.of("out", "system")) {
            try (DocumentStore store = open(allowed, allowed.resolve(link))) {
                assertThat(kindOf(store.list(ListRequest.everything())))
                        .as(link)
                        .isEqualTo(ErrorKind.CONFIG_INVALID);
            }
        }
        assertThat(namesIn(outside)).isEmpty();
    }

    @Test
    void anAllowedRootMayItselfBeALink() throws IOException {
        // Given
        Path real = Files.createDirectories(home.resolve("volume/documents"));
        Path link = Files.createSymbolicLink(home.resolve("mounted"), home.resolve("volume"));

        // Then
        try (DocumentStore store = open(link, link.resolve("documents"))) {
            assertThat(keys(store)).isEmpty();
        }
        assertThat(real).exists();
    }

    @Test
    void whatIsNoFolderIsNoStore() throws IOException {
        // Given
        Path file = Files.createFile(home.resolve("file"));

        // Then
        for (Path base : List.of(file, home.resolve("nowhere"))) {
            try (DocumentStore store = open(home, base)) {
                StorageException failure = failureOf(store.list(ListRequest.everything()));
                assertThat(failure.kind()).isEqualTo(ErrorKind.CONTAINER_MISSING);
            }
        }
    }

    private static DocumentStore open(Path allowed, Path base) {
        return new LocalStoreFactory(new AllowedRoots(List.of(allowed))).open(LocalContract.settings(base, Map.of()));
    }

    private static List<String> problems(AllowedRoots allowed, String base) {
        return LocalSettings.problems(LocalContract.settings(Path.of(base), Map.of()), allowed).stream()
                .map(SettingProblem::key)
                .toList();
    }
}
