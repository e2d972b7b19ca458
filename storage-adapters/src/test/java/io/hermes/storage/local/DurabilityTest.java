package io.hermes.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which order the kernel is asked, as {@code strace} sees it. */
class DurabilityTest extends OnDisk {

    private static final Pattern CALL =
            Pattern.compile("(fsync|fdatasync|link|linkat|rename|renameat|renameat2|unlink|unlinkat)\\((.*)\\) += 0");

    @BeforeEach
    void needStrace() throws Exception {
        assumeTrue(shell("strace -f -e trace=fsync true"), "strace is not here or not permitted");
    }

    @Test
    void aNewDocumentIsSyncedBeforeItIsPublishedAndItsNameBeforeTheWriteReturns() throws Exception {
        assertThat(calls("durability=each", "put:a"))
                .containsExactly("sync .hermes-tmp", "name a", "remove .hermes-tmp", "sync root");
    }

    @Test
    void aGroupOfOneKeepsTheSameOrder() throws Exception {
        assertThat(calls("durability=group", "put:a"))
                .containsExactly("sync .hermes-tmp", "name a", "remove .hermes-tmp", "sync root");
    }

    @Test
    void aReplacementIsSyncedBeforeItReplaces() throws Exception {
        Path unused = Files.writeString(root.resolve("a"), "old");
        assertThat(calls("durability=each", "replace:a")).containsExactly("sync .hermes-tmp", "name a", "sync root");
    }

    @Test
    void aReplacedStateIsInTheHistoryBeforeTheNewOneIsPublished() throws Exception {
        Path unused = Files.writeString(root.resolve("a"), "old");
        Path history = Files.createDirectories(root.resolve(".hermes-revisions/a"));
        assertThat(calls("durability=each,revisions=directory", "replace:a"))
                .containsExactly("sync .hermes-tmp", "name .hermes-rev", "sync a", "name a", "sync root");
        assertThat(history).isNotEmptyDirectory();
    }

    @Test
    void aNewFolderIsSyncedIntoTheOneAboveIt() throws Exception {
        assertThat(calls("durability=each", "put:f/a"))
                .containsExactly("sync root", "sync .hermes-tmp", "name a", "remove .hermes-tmp", "sync f");
    }

    @Test
    void aDeletionIsDurable() throws Exception {
        Path unused = Files.writeString(root.resolve("a"), "old");
        assertThat(calls("durability=each", "delete:a")).containsExactly("remove a", "sync root");
    }

    @Test
    void aSidecarIsSyncedBeforeItsDocumentIsPublished() throws Exception {
        assertThat(calls("durability=each,metadata=sidecar", "put:a"))
                .containsExactly(
                        "sync .hermes-meta",
                        "sync .hermes-tmp",
                        "name a",
                        "remove .hermes-tmp",
                        "name .hermes-meta",
                        "sync root");
    }

    @Test
    void withoutDurabilityNothingIsWaitedFor() throws Exception {
        assertThat(calls("durability=none", "put:a")).containsExactly("name a", "remove .hermes-tmp");
    }

    /** What the kernel was asked to do below the root, in short. */
    private List<String> calls(String settings, String step) throws Exception {
        Path trace = home.resolve("trace");
        ChildJvm.Outcome outcome = ChildJvm.run(
                List.of(
                        "strace",
                        "-f",
                        "-y",
                        "-s",
                        "4096",
                        "-o",
                        trace.toString(),
                        "-e",
                        "trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2,unlink,unlinkat"),
                List.of(),
                root.toString(),
                settings,
                step);
        assertThat(outcome.lines())
                .anyMatch(line -> line.startsWith(step + " ") && line.matches(".* (true|false|null)"));
        List<String> calls = new ArrayList<>();
        for (String line : Files.readAllLines(trace)) {
            Matcher call = CALL.matcher(line);
            if (line.contains(root.toString()) && call.find()) {
                calls.add(word(call.group(1)) + " " + lastName(call.group(2)));
            }
        }
        return calls;
    }

    private static String word(String call) {
        if (call.endsWith("sync")) {
            return "sync";
        }
        return call.startsWith("unlink") ? "remove" : "name";
    }

    /** The last name that the call speaks of, without what is random in it. */
    private static String lastName(String arguments) {
        Matcher names = Pattern.compile("[/\"]([^/\"<>]+)[\">]").matcher(arguments);
        String last = "";
        while (names.find()) {
            last = names.group(1);
        }
        return last.startsWith(".hermes-") ? last.replaceAll("^(\\.hermes-[a-z]+).*", "$1") : last;
    }
}
