package io.hermes.stack;

import io.hermes.stack.server.Readiness;
import io.hermes.stack.server.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Every process of a stack, asked now whether it is well.
 *
 * @param rows in the order of their start
 */
record StatusTable(List<Row> rows) {

    record Row(String name, long pid, String address, boolean healthy) {}

    StatusTable {
        rows = List.copyOf(rows);
    }

    static StatusTable of(StackDescription stack) {
        List<Row> rows = new ArrayList<>();
        StackDescription.PostgresNode postgres = stack.postgres();
        rows.add(new Row("postgres", postgres.pid(), postgres.host() + ":" + postgres.port(), answers(postgres)));
        String brokers = stack.kafka().bootstrapServers();
        rows.add(new Row("kafka", stack.kafka().pid(), brokers, Readiness.brokerAnswers(brokers)));
        String endpoint = stack.s3().endpoint();
        rows.add(new Row("s3", stack.s3().pid(), endpoint, Readiness.s3Answers(endpoint)));
        rows.addAll(services(Service::registry, stack.registries()));
        rows.addAll(services(Service::orchestrator, stack.orchestrators()));
        rows.addAll(services(Service::worker, stack.workers()));
        return new StatusTable(rows);
    }

    private static boolean answers(StackDescription.PostgresNode node) {
        return Readiness.postgresAnswers(
                node.host(), node.port(), node.migrationDatabase(), node.user(), node.password());
    }

    private static List<Row> services(IntFunction<Service> numbered, List<StackDescription.Node> nodes) {
        return IntStream.rangeClosed(1, nodes.size())
                .mapToObj(number -> service(numbered.apply(number).name(), nodes.get(number - 1)))
                .toList();
    }

    private static Row service(String name, StackDescription.Node node) {
        return new Row(name, node.pid(), node.url(), Readiness.serviceAnswers(node.url()));
    }

    boolean allHealthy() {
        return rows.stream().allMatch(Row::healthy);
    }

    List<String> lines() {
        List<String> lines =
                new ArrayList<>(List.of("%-14s %8s  %-28s %s".formatted("NAME", "PID", "ADDRESS", "HEALTH")));
        rows.forEach(row -> lines.add(
                "%-14s %8d  %-28s %s".formatted(row.name, row.pid, row.address, row.healthy ? "ready" : "NOT READY")));
        return lines;
    }
}
