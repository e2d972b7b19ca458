package io.hermes.registry.declared;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** How the file of providers stands. Always up: a bad file changes nothing, so the registry is as good as before. */
@Readiness
@ApplicationScoped
class FileHealth implements HealthCheck {

    private final FileSync sync;

    FileHealth(FileSync sync) {
        this.sync = sync;
    }

    @Override
    public HealthCheckResponse call() {
        FileState state = sync.state();
        return HealthCheckResponse.named("providers file")
                .up()
                .withData("state", state.word().name().toLowerCase(Locale.ROOT))
                .withData("since", state.since().toString())
                .withData("faults", state.faults().size())
                .build();
    }
}
