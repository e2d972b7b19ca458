package io.hermes.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.stack.layout.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.byteman.check.RuleCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A crash point whose class, method, line or condition no longer fits the code would never strike; this says so before anything is
 * started. The agent's own checker reads the packaged services.
 */
class CrashPointTest {

    private static final Map<String, URLClassLoader> SERVICES = new HashMap<>();

    @ParameterizedTest
    @EnumSource
    void fitsThePackagedService(CrashPoint point) throws Exception {
        URLClassLoader service = SERVICES.computeIfAbsent(point.kind().module(), CrashPointTest::packaged);
        // Loaded beside the service, because the checker finds classes by its own loader.
        Class<?> type = service.loadClass(RuleCheck.class.getName());
        Object check = type.getConstructor().newInstance();
        type.getMethod("addRule", String.class, String.class).invoke(check, point.label(), point.killing("job", 2));
        type.getMethod("checkRules").invoke(check);
        Object result = type.getMethod("getResult").invoke(check);

        for (String trouble :
                List.of("getErrorMessages", "getParseErrorMessages", "getTypeErrorMessages", "getWarningMessages")) {
            assertThat((List<?>) result.getClass().getMethod(trouble).invoke(result))
                    .as("%s of %s", trouble, point.killing("job", 2))
                    .isEmpty();
        }
    }

    @AfterAll
    static void close() throws IOException {
        for (URLClassLoader service : SERVICES.values()) {
            service.close();
        }
    }

    private static URLClassLoader packaged(String module) {
        Path application = Installation.own().service(module).getParent();
        try (Stream<Path> files = Files.walk(application)) {
            Stream<URL> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).map(CrashPointTest::url);
            URL checker = RuleCheck.class.getProtectionDomain().getCodeSource().getLocation();
            return new URLClassLoader(
                    Stream.concat(Stream.of(checker), jars).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
