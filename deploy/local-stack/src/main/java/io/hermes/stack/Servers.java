package io.hermes.stack;

import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.ProvidersFile;
import io.hermes.stack.layout.Settings;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Program;
import io.hermes.stack.server.AotCache;
import io.hermes.stack.server.Kafka;
import io.hermes.stack.server.Postgres;
import io.hermes.stack.server.S3;
import io.hermes.stack.server.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one stack consists of: each server with its port, and how to start it. */
final class Servers {

    private final StackDirectory directory;
    private final StackPlan plan;
    private final Installation installation = Installation.own();
    private final List<Service> registries;
    private final List<Service> orchestrators;
    private final List<Service> workers;
    private final Settings settings;
    private final Postgres postgres;
    private final Kafka kafka;
    private final S3 s3;
    private final List<AotCache> recordings = new ArrayList<>();

    Servers(StackDirectory directory, StackPlan plan) throws IOException {
        this.directory = directory;
        this.plan = plan;
        this.registries = IntStream.rangeClosed(1, plan.registries())
                .mapToObj(Service::registry)
                .toList();
        this.orchestrators = IntStream.rangeClosed(1, plan.orchestrators())
                .mapToObj(Service::orchestrator)
                .toList();
        this.workers = IntStream.rangeClosed(1, plan.workers())
                .mapToObj(Service::worker)
                .toList();
        this.settings = Settings.of(directory, portNames());
        ProvidersFile.begin(directory);
        this.postgres = new Postgres(directory, settings);
        this.kafka = new Kafka(directory, settings, installation);
        this.s3 = new S3(directory, settings, installation);
    }

    private List<String> portNames() {
        List<String> names = new ArrayList<>(List.of(Postgres.NAME, Kafka.NAME, Kafka.CONTROLLER, S3.NAME));
        core().forEach(service -> names.add(service.name()));
        workers.forEach(worker -> names.add(worker.name()));
        return names;
    }

    Settings settings() {
        return settings;
    }

    Postgres postgres() {
        return postgres;
    }

    Kafka kafka() {
        return kafka;
    }

    S3 s3() {
        return s3;
    }

    /** The services that keep state. */
    List<Service> core() {
        return Stream.concat(registries.stream(), orchestrators.stream()).toList();
    }

    List<Service> workers() {
        return workers;
    }

    List<Program> programs(List<Service> services) throws IOException {
        List<Program> programs = new ArrayList<>();
        Map<String, String> caller = plan.over(System.getenv());
        for (Service service : services) {
            Map<String, String> overrides = plan.overridesOf(service.name());
            AotCache cache = service.aotCache(installation, caller, overrides);
            AotCache.Part aot = plan.records() ? recorded(cache) : cache.used();
            programs.add(service.prepare(directory, settings, installation, caller, overrides, aot));
        }
        return programs;
    }

    private AotCache.Part recorded(AotCache cache) throws IOException {
        recordings.add(cache);
        return cache.recorded();
    }

    /** Call it when all services have ended. */
    void keepRecordings() throws IOException {
        for (AotCache recording : recordings) {
            recording.keep();
        }
    }

    /** @param pid the process of a server by its name, 0 where none runs */
    StackDescription describe(ToLongFunction<String> pid) {
        return new StackDescription(
                registries.stream().map(replica -> node(replica, pid)).toList(),
                orchestrators.stream().map(replica -> node(replica, pid)).toList(),
                workers.stream().map(worker -> node(worker, pid)).toList(),
                new StackDescription.PostgresNode(
                        Settings.HOST,
                        settings.port(Postgres.NAME),
                        Settings.POSTGRES_USER,
                        settings.postgresPassword(),
                        Postgres.REGISTRY_DATABASE,
                        Postgres.MIGRATION_DATABASE,
                        pid.applyAsLong(Postgres.NAME),
                        postgres.binaries().toString(),
                        postgres.data().toString()),
                new StackDescription.KafkaNode(kafka.bootstrapServers(), pid.applyAsLong(Kafka.NAME)),
                new StackDescription.S3Node(
                        s3.endpoint(),
                        S3.REGION,
                        settings.s3AccessKey(),
                        settings.s3SecretKey(),
                        pid.applyAsLong(S3.NAME)),
                settings.adminToken(),
                settings.serviceToken());
    }

    private StackDescription.Node node(Service service, ToLongFunction<String> pid) {
        return new StackDescription.Node(settings.url(service.name()), pid.applyAsLong(service.name()));
    }
}
