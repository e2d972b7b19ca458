package io.hermes.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hermes.stack.guard.Guarded;
import io.hermes.stack.process.Child;
import io.hermes.stack.process.IdleMain;
import io.hermes.stack.process.Program;
import io.hermes.stack.process.Supervisor;
import io.hermes.stack.process.SupervisorListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/** With a tiny service, started and ended as real ones are; its JVM tells where it has a class from. */
@EnabledForJreRange(minVersion = 25)
class AotCacheTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> OPTIONS = List.of("-Xmx32m", "-XX:+UseSerialGC");
    private static final String CACHE = "shared objects file";
    private static final String JAR = "service.jar";
    private static final Instant BUILT = Instant.parse("2026-11-23T00:00:00Z");

    @TempDir
    static Path home;

    /** Of a start of build 1. */
    private static Path file;

    private static byte[] content;

    private final AotCache cache = cache(OPTIONS);

    @BeforeAll
    static void recordAStart() throws IOException {
        build("1");
        AotCache first = cache(OPTIONS);
        assertThat(startWith(first.recorded())).contains(JAR);
        first.keep();
        file = caches().getFirst();
        content = Files.readAllBytes(file);
    }

    @BeforeEach
    void nothingHasHappenedSince() throws IOException {
        build("1");
        Files.createDirectories(file.getParent());
        for (Path left : caches()) {
            Files.delete(left);
        }
        Files.write(file, content);
    }

    @Test
    void aStartUsesWhatWasRecorded() throws IOException {
        assertThat(startWith(cache.used())).contains(CACHE);
    }

    @Test
    void theSameBuiltAgainNeverMeetsItSinceItsJvmWouldNot() throws IOException {
        Files.setLastModifiedTime(jar(), FileTime.from(BUILT.plusSeconds(60)));

        assertThat(cache.used().options()).isEmpty();
    }

    @Test
    void anotherBuildOfTheSameSizeAndTimeNeverMeetsIt() throws IOException {
        long size = Files.size(jar());
        build("2");
        assertThat(jar()).hasSize(size);

        assertThat(cache.used().options()).isEmpty();
    }

    @Test
    void otherOptionsNeverMeetIt() throws IOException {
        AotCache other = cache(List.of("-Xmx32m", "-XX:+UseSerialGC", "-javaagent:some.jar"));

        assertThat(other.used().options()).isEmpty();
    }

    @Test
    void aStartThatFindsNoneGoesWithout() throws IOException {
        Files.delete(file);
        assertThat(startWith(cache.used())).contains(JAR);

        Files.delete(file.getParent());
        assertThat(startWith(cache.used())).contains(JAR);
    }

    @Test
    void aStartThatFindsADamagedOneGoesWithout() throws IOException {
        byte[] half = Arrays.copyOf(content, content.length / 2);
        Files.write(file, half);
        assertThat(startWith(cache.used())).contains(JAR);

        byte[] flipped = content.clone();
        flipped[content.length / 2] ^= 1;
        Files.write(file, flipped);
        assertThat(startWith(cache.used())).contains(JAR);

        Files.write(file, new byte[0]);
        assertThat(startWith(cache.used())).contains(JAR);
    }

    @Test
    void aRecordingThatWasKilledLeavesTheLastOne() throws IOException, InterruptedException {
        build("2");
        Path log = freshLog();
        Process process = new ProcessBuilder(command(cache.recorded(), log)).start();
        awaitSource(log);
        process.destroyForcibly().waitFor();

        assertThatThrownBy(cache::keep).isInstanceOf(IOException.class).hasMessageContaining("No JVM has written");
        build("1");
        assertThat(startWith(cache.used())).contains(CACHE);
    }

    @Test
    void aNewRecordingReplacesTheOldOnes() throws IOException {
        build("2");
        assertThat(startWith(cache.recorded())).contains(JAR);
        cache.keep();

        assertThat(caches()).hasSize(1).doesNotContain(file);
        assertThat(startWith(cache.used())).contains(CACHE);
    }

    private static AotCache cache(List<String> options) {
        return new AotCache(home.resolve("aot"), List.of(jar().getParent()), options);
    }

    private static Path jar() {
        return home.resolve("app").resolve(JAR);
    }

    private static List<Path> caches() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("aot"))) {
            return all.toList();
        }
    }

    /** Builds of the same version are the same to the byte; all take the same size and are of the same time. */
    private static void build(String version) throws IOException {
        Files.createDirectories(jar().getParent());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(jar()))) {
            add(jar, "version", version.getBytes(StandardCharsets.UTF_8));
            for (Class<?> type : List.of(Guarded.class, IdleMain.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                try (InputStream bytes = type.getResourceAsStream("/" + name)) {
                    add(jar, name, bytes.readAllBytes());
                }
            }
        }
        Files.setLastModifiedTime(jar(), FileTime.from(BUILT));
    }

    private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(0);
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }

    /** Starts the service and ends it; says where its JVM had the main class from. */
    private static String startWith(AotCache.Part part) throws IOException {
        Path log = freshLog();
        Program program = new Program(
                "service",
                command(part, log),
                Map.of(),
                home.resolve("service.log"),
                Program.Guard.OWN,
                LIMIT.plus(part.writing()),
                () -> {});
        try (Supervisor supervisor = new Supervisor(new Console(), LIMIT.plus(part.writing()))) {
            List<Child> unused = supervisor.start(List.of(program));
            return awaitSource(log);
        }
    }

    private static List<String> command(AotCache.Part part, Path log) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(OPTIONS);
        command.addAll(part.options());
        command.addAll(List.of("-Xlog:class+load:file=" + log, "-cp", jar().toString()));
        command.addAll(List.of(Guarded.class.getName(), IdleMain.class.getName()));
        return command;
    }

    private static Path freshLog() throws IOException {
        return Files.createTempFile(home, "classes", ".log");
    }

    private static String awaitSource(Path log) {
        List<String> lines = await().atMost(LIMIT).until(() -> sources(log), found -> !found.isEmpty());
        return lines.getFirst();
    }

    private static List<String> sources(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(IdleMain.class.getName() + " source: "))
                    .toList();
        }
    }

    private static final class Console implements SupervisorListener {

        @Override
        public void started(Child child) {}

        @Override
        public void log(String line) {
            System.out.println(line);
        }
    }
}
