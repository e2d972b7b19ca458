package io.hermes.registry.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {

    @Test
    void readsTheThreeForms() {
        assertThat(SecretReference.parse("env:HERMES_SECRET_A"))
                .hasValue(new SecretReference.Environment("HERMES_SECRET_A"));
        assertThat(SecretReference.parse("file:s3/secret.key")).hasValue(new SecretReference.File("s3/secret.key"));
        assertThat(SecretReference.parse("vault:secret/team/docs#access_key"))
                .hasValue(new SecretReference.Vault("secret", "team/docs", "access_key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "env:",
                "env:A B",
                "env:1A",
                "ENV:A",
                "file:",
                "file:/etc/passwd",
                "file:../x",
                "file:a/../b",
                "file:a/./b",
                "file:..",
                "file:a//b",
                "file:a/",
                "file:a\nb",
                "vault:secret#x",
                "vault:secret/#x",
                "vault:secret/a",
                "vault:secret/../sys#x",
                "vault:secret/a/..#x",
                "vault:secret/a?b#x",
                "vault:secret/a%2f..#x",
                "vault:/a#x",
                "http://x"
            })
    void readsNothingElse(String text) {
        assertThat(SecretReference.parse(text)).isEmpty();
    }
}
