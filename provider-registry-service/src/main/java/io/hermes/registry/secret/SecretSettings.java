package io.hermes.registry.secret;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the keys are that seal secrets, and where references to secrets may lead. */
@ConfigMapping(prefix = "hermes.secrets")
interface SecretSettings {

    /**
     * File with the keys that secrets are sealed under: 32 bytes in base64 each, one a line, the present one first. Unset: no secret can
     * be stored, only references.
     */
    Optional<Path> keyFile();

    /** The key file is read again this often, for keys that are added and removed while the registry runs. */
    @WithDefault("10s")
    Duration recheck();

    /**
     * A reference {@code env:NAME} may name only variables that begin with this, so that the registry's own passwords cannot be made a
     * provider's.
     */
    @WithDefault("HERMES_SECRET_")
    String environmentPrefix();

    /** A reference {@code file:NAME} names a file below this folder, such as a mounted Kubernetes secret. Unset: there are none. */
    Optional<Path> directory();

    /** Vault, for references {@code vault:MOUNT/PATH#FIELD} to its key-value engine, version 2. */
    Vault vault();

    /** How Vault is reached. */
    interface Vault {

        /** Base URL, such as {@code https://vault:8200}. Unset: there are no references to Vault. */
        Optional<URI> address();

        /** File with the token, as Vault's agent writes it; read at each request. */
        Optional<Path> tokenFile();

        /** Namespace, of Vault Enterprise. */
        Optional<String> namespace();

        /** Longest time to wait for an answer. */
        @WithDefault("5s")
        Duration timeout();
    }
}
