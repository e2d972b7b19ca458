package io.hermes.registry.secret;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** The ring of keys as its file says it. A file that cannot be read leaves the ring as it was: what is sealed stays readable. */
@Startup
@ApplicationScoped
class Keys {

    private static final Logger LOG = Logger.getLogger(Keys.class);

    private final SecretSettings settings;
    private volatile KeyRing ring = KeyRing.EMPTY;

    Keys(SecretSettings settings) {
        this.settings = settings;
    }

    /** The keys that are live now. */
    KeyRing ring() {
        return ring;
    }

    @PostConstruct
    void begin() {
        if (settings.keyFile().isEmpty()) {
            LOG.warn(
                    "hermes.secrets.key-file is not set: providers' secrets cannot be stored, only references to them");
        }
        refresh();
    }

    /** Kubernetes replaces a mounted file some time after the secret has changed. */
    @Scheduled(every = "${hermes.secrets.recheck}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        settings.keyFile().ifPresent(this::read);
    }

    private void read(Path file) {
        try {
            KeyRing read = KeyRing.parse(Files.readAllLines(file, StandardCharsets.US_ASCII));
            if (!read.equals(ring)) {
                LOG.infof(
                        "secrets are sealed under key %s; live keys: %s",
                        read.present().orElse("none"), read);
                ring = read;
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.errorf("the key file %s cannot be used: %s", file, reason(unreadable));
        }
    }

    private static String reason(Exception unreadable) {
        return unreadable instanceof IllegalArgumentException ? unreadable.getMessage() : "it cannot be read";
    }
}
