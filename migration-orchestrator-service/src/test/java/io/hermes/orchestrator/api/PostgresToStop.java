package io.hermes.orchestrator.api;

import io.hermes.edge.testing.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A PostgreSQL that nobody else uses, so that a test may stop it. */
public final class PostgresToStop implements QuarkusTestResourceLifecycleManager {

    private static PostgresServer server;
    private static boolean running;

    @Override
    public Map<String, String> start() {
        server = new PostgresServer();
        Map<String, String> settings = server.start();
        running = true;
        return settings;
    }

    /** Stops it, as an operator would. */
    static synchronized void stopNow() {
        if (running) {
            running = false;
            server.stop();
        }
    }

    @Override
    public void stop() {
        stopNow();
    }
}
