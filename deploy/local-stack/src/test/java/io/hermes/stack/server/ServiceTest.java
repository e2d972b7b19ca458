package io.hermes.stack.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.Settings;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {

    private static final Map<String, String> NOTHING = Map.of();

    @TempDir
    Path folder;

    private final Service worker = Service.worker(1);

    @Test
    void isStartedAsItsManifestAsks() throws IOException {
        Installation installation = installation();

        Program program = program(
                installation, worker.aotCache(installation, NOTHING, NOTHING).used());

        assertThat(program.command())
                .containsSubsequence(
                        "--add-opens=java.base/java.lang=ALL-UNNAMED", "io.hermes.stack.guard.Guarded", "some.Main")
                .noneMatch(word -> word.startsWith("-XX:AOT"));
    }

    @Test
    @EnabledForJreRange(minVersion = 25)
    void isGivenTimeToWriteWhatWasRecorded() throws IOException {
        Installation installation = installation();
        AotCache cache = worker.aotCache(installation, NOTHING, NOTHING);

        Program plain = program(installation, cache.used());
        Program recorded = program(installation, cache.recorded());

        assertThat(recorded.command()).anyMatch(word -> word.startsWith("-XX:AOTCacheOutput="));
        assertThat(recorded.stopLimit()).isGreaterThan(plain.stopLimit().plus(Duration.ofMinutes(1)));
    }

    @Test
    @EnabledForJreRange(minVersion = 25)
    void usesWhatWasRecordedUnlessItsJvmIsToDoOtherThings() throws IOException {
        // Given a cache that fits
        Installation installation = installation();
        AotCache cache = worker.aotCache(installation, NOTHING, NOTHING);
        String draft = cache.recorded().options().getFirst().replace("-XX:AOTCacheOutput=", "");
        Files.createFile(Path.of(draft));
        cache.keep();

        // When it starts with other options, or with an agent, then it goes without
        Map<String, String> quick = Map.of("HERMES_STACK_WORKER_JVM_OPTS", "-XX:TieredStopAtLevel=1");
        Map<String, String> agent = Map.of("JAVA_TOOL_OPTIONS", "-javaagent:some.jar");
        assertThat(worker.aotCache(installation, quick, NOTHING).used().options())
                .isEmpty();
        assertThat(worker.aotCache(installation, NOTHING, agent).used().options())
                .isEmpty();

        // And else with it; the second of its kind too
        String option = "-XX:AOTCache=" + draft.replace(".draft", ".aot");
        assertThat(cache.used().options()).contains(option);
        assertThat(Service.worker(2)
                        .aotCache(installation, NOTHING, NOTHING)
                        .used()
                        .options())
                .contains(option);
        assertThat(program(installation, cache.used()).command()).contains(option);
    }

    private Program program(Installation installation, AotCache.Part aot) throws IOException {
        StackDirectory directory = new StackDirectory(folder.resolve("stack"));
        Settings settings = Settings.of(
                directory, List.of(Postgres.NAME, Kafka.NAME, S3.NAME, "registry", "orchestrator", worker.name()));
        return worker.prepare(directory, settings, installation, NOTHING, NOTHING, aot);
    }

    private Installation installation() throws IOException {
        Installation installation = new Installation(folder.resolve("deploy/local-stack/target"), folder);
        Files.createDirectories(installation.guard());
        Path runner = installation.service(worker.kind().module());
        Files.createDirectories(runner.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "some.Main");
        manifest.getMainAttributes().putValue("Add-Opens", "java.base/java.lang");
        try (OutputStream file = Files.newOutputStream(runner);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.finish();
        }
        return installation;
    }
}
