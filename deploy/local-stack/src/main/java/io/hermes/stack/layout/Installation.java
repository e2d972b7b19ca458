package io.hermes.stack.layout;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the build made and the stack starts.
 *
 * @param target the build folder of this module
 * @param root the root of the project
 */
public record Installation(Path target, Path root) {

    /** Finds the build that this class was loaded from. */
    public static Installation own() {
        try {
            Path code = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path target = code.getParent();
            return new Installation(target, target.getParent().getParent().getParent());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Class path for a child that runs under the guard: the guard and the rest. */
    public String guardedClassPath(Path... rest) {
        return String.join(
                File.pathSeparator,
                Stream.concat(Stream.of(guard()), Stream.of(rest))
                        .map(Path::toString)
                        .toList());
    }

    /** What is on the class path of every child that runs under the guard. */
    public Path guard() {
        Path jar = target.resolve("local-stack-guard.jar");
        return Files.exists(jar) ? jar : target.resolve("classes");
    }

    /** This module and its libraries. */
    public String ownClassPath() {
        Path jar = target.resolve("local-stack.jar");
        Path own = Files.exists(jar) ? jar : target.resolve("classes");
        return own + File.pathSeparator + libraries();
    }

    /** The libraries of this module, the broker's among them. */
    public Path libraries() {
        return target.resolve("lib").resolve("*");
    }

    public Path s3Proxy() {
        return target.resolve("tools").resolve("s3proxy.jar");
    }

    /** The runner of a packaged service. */
    public Path service(String module) {
        return root.resolve(module).resolve("target").resolve("quarkus-app").resolve("quarkus-run.jar");
    }

    /** Where the JVM's caches of a service are, if there are any. */
    public Path aotCaches(String module) {
        return target.resolve("aot").resolve(module);
    }

    /** What is missing, as a sentence for a person; empty when everything is built. */
    public List<Path> missing(List<String> modules) {
        return Stream.concat(Stream.of(s3Proxy()), modules.stream().map(this::service))
                .filter(file -> !Files.exists(file))
                .toList();
    }
}
