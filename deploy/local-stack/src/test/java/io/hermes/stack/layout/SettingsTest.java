package io.hermes.stack.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path folder;

    @Test
    void keepsSecretsAndPortsFromOneStartToTheNext() throws IOException {
        StackDirectory directory = new StackDirectory(folder);
        Settings first = Settings.of(directory, List.of("one", "two"));

        String key = Files.readString(directory.secretsKey());

        Settings second = Settings.of(directory, List.of("one", "two", "three"));

        assertThat(directory.secretsKey()).hasContent(key);
        assertThat(second.adminToken()).isEqualTo(first.adminToken()).isNotEqualTo(first.serviceToken());
        assertThat(second.ports()).containsAllEntriesOf(first.ports()).containsKey("three");
        assertThat(second.ports().values()).doesNotHaveDuplicates();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.settings())))
                .isEqualTo("rw-------");
    }

    @Test
    void givesUpAPortThatSomebodyElseHolds() throws IOException {
        StackDirectory directory = new StackDirectory(folder);
        Settings first = Settings.of(directory, List.of("one", "two"));

        try (ServerSocket squatter = new ServerSocket(first.port("one"), 1, InetAddress.getByName(Settings.HOST))) {
            Settings second = Settings.of(directory, List.of("one", "two"));

            assertThat(second.port("one")).isNotEqualTo(squatter.getLocalPort());
            assertThat(second.port("two")).isEqualTo(first.port("two"));
        }
    }
}
