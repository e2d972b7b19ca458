package io.hermes.storage.s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What makes two stores need different HTTP clients, and nothing else.
 *
 * @param skipVerify accept any certificate, for testing only
 * @param authorities PEM file with the authorities to trust instead of the platform's
 * @param idle longest silence while reading or writing; a transfer that moves may take as long as it needs
 * @param connect longest wait for a connection
 */
record Transport(boolean skipVerify, Optional<Path> authorities, Duration idle, Duration connect) {}
