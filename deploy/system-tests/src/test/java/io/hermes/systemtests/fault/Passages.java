package io.hermes.systemtests.fault;

import io.hermes.stack.server.Service.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/**
 * Rules at all crash points that say so in the service's log instead of killing it: whether today's code comes there at all, under the
 * condition that is named there.
 *
 * @param job the name of the job that passes
 * @param logs where a service of this name writes
 */
public record Passages(String job, Agents agents, Function<String, Path> logs) implements AutoCloseable {

    private static final List<Kind> KINDS = List.of(Kind.ORCHESTRATOR, Kind.WORKER);

    /** From now on it is told. */
    public Passages begin() {
        KINDS.forEach(kind -> agents.add(kind, rules(kind)));
        return this;
    }

    private List<ScriptText> rules(Kind kind) {
        return Arrays.stream(CrashPoint.values())
                .filter(point -> point.kind() == kind)
                .map(point -> new ScriptText(point.label(), point.telling(job)))
                .toList();
    }

    /** Points that somebody has passed by now. */
    public Set<CrashPoint> passed() throws IOException {
        StringBuilder said = new StringBuilder();
        for (var service : agents.ports().keySet()) {
            said.append(Files.readString(logs.apply(service.name()), StandardCharsets.ISO_8859_1));
        }
        Set<CrashPoint> passed = new HashSet<>(Arrays.asList(CrashPoint.values()));
        passed.removeIf(point -> said.indexOf(point.passage(job)) < 0);
        return passed;
    }

    /** Nothing is told any more. */
    @Override
    public void close() throws Exception {
        for (Kind kind : KINDS) {
            for (Submit agent : agents.of(kind)) {
                String unused = agent.deleteScripts(rules(kind));
            }
        }
    }
}
