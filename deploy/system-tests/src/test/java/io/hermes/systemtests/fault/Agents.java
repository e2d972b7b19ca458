package io.hermes.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.stack.StackPlan;
import io.hermes.stack.server.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.byteman.agent.Main;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/**
 * An agent in the JVM of each service, which takes rules from us while the service runs and forgets them when it dies.
 *
 * @param ports on loopback, by service
 */
public record Agents(Map<Service, Integer> ports) {

    private static final String LOOPBACK = "127.0.0.1";
    /** Above those of the stack, below those that the system gives away. */
    private static final int FIRST = 30_000;

    private static final int END = 32_700;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    public Agents {
        ports = Map.copyOf(ports);
    }

    /** For the services of a stack of this size. */
    public static Agents of(int orchestrators, int workers) throws IOException {
        Map<Service, Integer> ports = new LinkedHashMap<>();
        List<Service> services = Stream.concat(
                        IntStream.rangeClosed(1, orchestrators).mapToObj(Service::orchestrator),
                        IntStream.rangeClosed(1, workers).mapToObj(Service::worker))
                .toList();
        for (Service service : services) {
            ports.put(service, freePort(ports));
        }
        return new Agents(ports);
    }

    private static int freePort(Map<Service, Integer> given) throws IOException {
        while (true) {
            int port = RandomGenerator.getDefault().nextInt(FIRST, END);
            if (!given.containsValue(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** The plan of a stack whose services have the agent. */
    public StackPlan in(StackPlan plan) {
        StackPlan with = plan;
        for (Map.Entry<Service, Integer> agent : ports.entrySet()) {
            with = with.with(agent.getKey().name(), "JAVA_TOOL_OPTIONS", option(agent.getValue()));
        }
        return with;
    }

    private static String option(int port) {
        return "-javaagent:%s=listener:true,address:%s,port:%d".formatted(jar(), LOOPBACK, port);
    }

    private static Path jar() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Gives rules to all services of this kind; waits for those that are still starting. */
    void add(Service.Kind kind, List<ScriptText> rules) {
        for (Submit agent : of(kind)) {
            String answer = await("an agent listens")
                    .atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> agent.addScripts(rules), said -> true);
            assertThat(answer).as("the agent's answer").contains("install rule").doesNotContain("ERROR");
        }
    }

    /** Those in services of this kind. */
    List<Submit> of(Service.Kind kind) {
        return ports.entrySet().stream()
                .filter(agent -> agent.getKey().kind() == kind)
                .map(agent -> new Submit(LOOPBACK, agent.getValue()))
                .toList();
    }
}
