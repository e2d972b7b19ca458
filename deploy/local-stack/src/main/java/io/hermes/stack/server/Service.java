package io.hermes.stack.server;

import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.Settings;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Program;
import io.hermes.stack.process.Program.Guard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * One process of a service of the suite, configured by the environment variables that compose and Kubernetes use too.
 *
 * @param kind what it is
 * @param name unique in the stack
 */
public record Service(Kind kind, String name) {

    /** What a JVM takes by itself in a container of the size that these are made for, and costs the least with a heap of this size. */
    private static final String SMALL = "-XX:+UseSerialGC";

    /** The services, in the order of their start. */
    public enum Kind {
        REGISTRY("provider-registry-service", "-Xmx256m", Duration.ofSeconds(3), Postgres.REGISTRY_DATABASE),
        ORCHESTRATOR("migration-orchestrator-service", "-Xmx384m", Duration.ofSeconds(4), Postgres.MIGRATION_DATABASE),
        WORKER("migration-worker-service", "-Xmx256m", Duration.ofSeconds(6), null);

        private final String module;
        private final String heap;
        private final Duration stopLimit;
        private final Optional<String> database;

        Kind(String module, String heap, Duration stopLimit, String database) {
            this.module = module;
            this.heap = heap;
            this.stopLimit = stopLimit;
            this.database = Optional.ofNullable(database);
        }

        /** Name of the Maven module. */
        public String module() {
            return module;
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The first is number 1; it has the name of the service, because every other service speaks to it. */
    public static Service registry(int number) {
        return replica(Kind.REGISTRY, number);
    }

    /** Likewise. */
    public static Service orchestrator(int number) {
        return replica(Kind.ORCHESTRATOR, number);
    }

    private static Service replica(Kind kind, int number) {
        return new Service(kind, number == 1 ? kind.label() : kind.label() + "-" + number);
    }

    /** The first is number 1. */
    public static Service worker(int number) {
        return new Service(Kind.WORKER, Kind.WORKER.label() + "-" + number);
    }

    /**
     * The cache of its JVM.
     *
     * @param caller the environment whose settings for JVMs are passed on
     * @param overrides variables of this process alone
     */
    public AotCache aotCache(Installation installation, Map<String, String> caller, Map<String, String> overrides)
            throws IOException {
        Path runner = installation.service(kind.module);
        List<String> options = new ArrayList<>(options(runner, caller));
        // Options that a JVM finds by itself; an agent among them keeps it from using any cache.
        options.add(overrides.getOrDefault("JAVA_TOOL_OPTIONS", ""));
        List<Path> roots = List.of(installation.guard(), runner.getParent());
        return new AotCache(installation.aotCaches(kind.module), roots, options);
    }

    /**
     * How to start it.
     *
     * @param caller the environment whose settings for services and JVMs are passed on
     * @param overrides variables of this process alone, which win over everything
     * @param aot what its JVM does about its {@linkplain #aotCache cache}
     */
    public Program prepare(
            StackDirectory directory,
            Settings settings,
            Installation installation,
            Map<String, String> caller,
            Map<String, String> overrides,
            AotCache.Part aot)
            throws IOException {
        Path temporary = directory.freshTemporary(name);
        Map<String, String> environment = CleanEnvironment.forService(temporary, caller);
        environment.putAll(connections(settings));
        if (kind == Kind.REGISTRY) {
            environment.putAll(files(directory));
            environment.putAll(s3(settings));
        }
        environment.putAll(overrides);
        Path runner = installation.service(kind.module);
        List<String> options = new ArrayList<>(options(runner, caller));
        options.addAll(aot.options());
        String mainClass = manifest(runner).getValue(Name.MAIN_CLASS);
        List<String> command =
                JavaCommand.guarded(installation.guardedClassPath(runner), temporary, options, mainClass);
        Duration stopLimit = kind.stopLimit.plus(aot.writing());
        return new Program(name, command, environment, directory.log(name), Guard.OWN, stopLimit, () -> {});
    }

    private List<String> options(Path runner, Map<String, String> caller) throws IOException {
        return Stream.concat(opened(runner).stream(), jvmOptions(caller).stream())
                .toList();
    }

    /** What {@code java -jar} would open by itself, because the jar's manifest asks for it. */
    private static List<String> opened(Path runner) throws IOException {
        String packages = manifest(runner).getValue("Add-Opens");
        return packages == null
                ? List.of()
                : Stream.of(packages.trim().split("\\s+"))
                        .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
                        .toList();
    }

    private static Attributes manifest(Path runner) throws IOException {
        try (JarFile jar = new JarFile(runner.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    private List<String> jvmOptions(Map<String, String> caller) {
        String extra = caller.getOrDefault("HERMES_STACK_" + kind.name() + "_JVM_OPTS", "");
        return Stream.concat(Stream.of(kind.heap, SMALL), Stream.of(extra.trim().split("\\s+")))
                .filter(option -> !option.isEmpty())
                .toList();
    }

    private Map<String, String> connections(Settings settings) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("HERMES_HTTP_HOST", Settings.HOST);
        environment.put("HERMES_HTTP_PORT", Integer.toString(settings.port(name)));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", Settings.HOST + ":" + settings.port(Kafka.NAME));
        environment.put("HERMES_ADMIN_TOKEN", settings.adminToken());
        environment.put("HERMES_SERVICE_TOKEN", settings.serviceToken());
        environment.put("HERMES_REGISTRY_URL", settings.url(registry(1).name));
        environment.put("HERMES_ORCHESTRATOR_URL", settings.url(orchestrator(1).name));
        environment.put("HERMES_INSTANCE_ID", name);
        // The stores of a laptop are on it, or in the same house.
        environment.put("HERMES_STORAGE_NETWORK_ALLOWED_SCHEMES", "http,https");
        environment.put(
                "HERMES_STORAGE_NETWORK_ALLOWED_NETWORKS",
                "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7");
        if (kind == Kind.WORKER) {
            environment.put("HERMES_WORKER_ID", name);
        }
        kind.database.ifPresent(database -> {
            environment.put("HERMES_DATABASE_HOST", Settings.HOST);
            environment.put("HERMES_DATABASE_PORT", Integer.toString(settings.port(Postgres.NAME)));
            environment.put("HERMES_DATABASE_NAME", database);
            environment.put("HERMES_DATABASE_USERNAME", Settings.POSTGRES_USER);
            environment.put("HERMES_DATABASE_PASSWORD", settings.postgresPassword());
        });
        return environment;
    }

    private static Map<String, String> files(StackDirectory directory) {
        return Map.of(
                "HERMES_SECRETS_KEY_FILE", directory.secretsKey().toString(),
                "HERMES_PROVIDERS_FILE", directory.providers().toString(),
                "HERMES_PROVIDERS_RECHECK", "2s");
    }

    /** What the file of providers may refer to. */
    private static Map<String, String> s3(Settings settings) {
        return Map.of(
                "S3_ENDPOINT", settings.url(S3.NAME),
                "S3_REGION", S3.REGION,
                "S3_ACCESS_KEY", settings.s3AccessKey(),
                "S3_SECRET_KEY", settings.s3SecretKey());
    }

    /** Whether it says of itself that it can do its work. */
    public boolean isReady(Settings settings) {
        return Readiness.serviceAnswers(settings.url(name));
    }
}
