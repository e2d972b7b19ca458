package io.hermes.registry.outbox;

import io.hermes.edge.testing.KafkaBroker;
import io.hermes.registry.RegistryProfile;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A registry whose broker is not there yet. */
public final class WithoutBroker implements QuarkusTestProfile {

    /** Below the ports of outgoing connections, one of which could otherwise be connected to itself. */
    private static final int FIRST = 20_000;

    private static final int END = 30_000;

    private final RegistryProfile usual = new RegistryProfile();

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(usual.getConfigOverrides());
        overrides.put("kafka.bootstrap.servers", "127.0.0.1:" + freePort());
        overrides.put("hermes.provider-events.tick", "1s");
        overrides.put("hermes.provider-events.gauge-interval", "1s");
        return overrides;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return usual.testResources().stream()
                .filter(resource -> !resource.getClazz().equals(KafkaBroker.class))
                .toList();
    }

    private static int freePort() {
        while (true) {
            int port = RandomGenerator.getDefault().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }
}
