package io.hermes.storage.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A real S3 server for tests: S3Proxy as a process of its own, because its jar brings a Jackson that clashes with ours. Requests must
 * be signed (version 4). The process ends with {@link #close} and with this JVM, however that ends.
 *
 * <p>The module under test declares maven-dependency-plugin in its build, which copies the jar to {@code target/tools}.
 */
public final class S3Server implements AutoCloseable {

    private static final Path JAR = Path.of("target", "tools", "s3proxy.jar");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int START_ATTEMPTS = 3;
    private static final String LOOPBACK = "127.0.0.1";

    private final Process process;
    private final int port;
    private final String bucket;

    /** Where the server keeps objects. */
    public enum Backend {
        /** Files below {@code target}, which survive a restart; no versions. */
        FILESYSTEM_NIO2,
        /** Memory of the server's process. */
        TRANSIENT_NIO2;

        private String provider() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private S3Server(Process process, int port, String bucket) {
        this.process = process;
        this.port = port;
        this.bucket = bucket;
    }

    /** Starts a server on files, with one empty bucket of this name. */
    public static S3Server start(String bucket) {
        return start(Backend.FILESYSTEM_NIO2, bucket);
    }

    /** Starts a server with one empty bucket of this name. Returns when the server answers. */
    public static S3Server start(Backend backend, String bucket) {
        return start(backend, bucket, List.of());
    }

    /** The same for clients with session tokens, which S3Proxy knows nothing of: it refuses headers that it does not know. */
    public static S3Server startForSessions(String bucket) {
        return start(Backend.TRANSIENT_NIO2, bucket, List.of("s3proxy.ignore-unknown-headers=true"));
    }

    private static S3Server start(Backend backend, String bucket, List<String> more) {
        // Between finding a free port and binding it somebody else may take it, so one start that fails proves nothing.
        for (int attempt = 1; ; attempt++) {
            S3Server server = null;
            try {
                server = launch(backend, bucket, more);
                server.awaitPort();
                server.createBucket(bucket);
                return server;
            } catch (IOException | IllegalStateException failure) {
                if (server != null) {
                    server.close();
                }
                if (attempt == START_ATTEMPTS) {
                    throw new IllegalStateException("S3Proxy did not start; see its log below target/s3", failure);
                }
            }
        }
    }

    private static S3Server launch(Backend backend, String bucket, List<String> more) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(
                    JAR + " is missing: the module's build must declare maven-dependency-plugin (see the parent)");
        }
        int port = freePort();
        Path home = Files.createDirectories(Path.of("target", "s3").toAbsolutePath());
        Path work = Files.createTempDirectory(home, backend.provider() + "-");
        ProcessBuilder child = new ProcessBuilder(commandLine(work, configure(work, backend, port, more)));
        cleanEnvironment(child.environment());
        child.redirectErrorStream(true)
                .redirectOutput(work.resolve("s3proxy.log").toFile());
        return new S3Server(child.start(), port, bucket);
    }

    private static List<String> commandLine(Path work, Path properties) throws IOException {
        String guard = ParentGuard.class.getName();
        Path classFile = work.resolve("guard").resolve(guard.replace('.', '/') + ".class");
        Files.createDirectories(classFile.getParent());
        try (InputStream code = ParentGuard.class.getResourceAsStream("ParentGuard.class")) {
            Files.copy(code, classFile);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = JAR.toAbsolutePath()
                + System.getProperty("path.separator")
                + work.resolve("guard").toAbsolutePath();
        return List.of(
                java,
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                guard,
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString());
    }

    private static Path configure(Path work, Backend backend, int port, List<String> more) throws IOException {
        Path data = Files.createDirectories(work.resolve("data"));
        List<String> lines = new ArrayList<>(more);
        lines.addAll(List.of(
                "s3proxy.endpoint=http://" + LOOPBACK + ":" + port,
                "s3proxy.authorization=aws-v4",
                "s3proxy.identity=hermes-test",
                "s3proxy.credential=hermes-test-secret",
                "jclouds.provider=" + backend.provider(),
                "jclouds.identity=ignored",
                "jclouds.credential=ignored",
                "jclouds.filesystem.basedir=" + data));
        return Files.write(work.resolve("s3proxy.properties"), lines);
    }

    /** The machine's own AWS and proxy settings would change what the server does. */
    private static void cleanEnvironment(Map<String, String> environment) {
        environment.keySet().removeIf(name -> {
            String upper = name.toUpperCase(Locale.ROOT);
            return upper.startsWith("AWS_") || upper.endsWith("_PROXY") || upper.equals("JAVA_TOOL_OPTIONS");
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!accepts()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("S3Proxy ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("S3Proxy did not open its port within " + START_LIMIT);
            }
            await(Duration.ofMillis(20));
        }
    }

    private void await(Duration pause) {
        try {
            boolean ended = process.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                throw new IllegalStateException("S3Proxy ended with exit code " + process.exitValue());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while S3Proxy was starting", interrupted);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Creates another empty bucket. */
    public void createBucket(String name) {
        try (S3AsyncClient client = client()) {
            client.createBucket(request -> request.bucket(name)).join();
        }
    }

    /** A bare client of the SDK's, for looking at the store without the code under test. The caller closes it. */
    public S3AsyncClient client() {
        return S3AsyncClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.of(region()))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey(), secretKey())))
                .build();
    }

    /** Base URL, such as {@code http://127.0.0.1:40123}. */
    public String endpoint() {
        return "http://" + LOOPBACK + ":" + port;
    }

    /** The region to sign for. */
    public String region() {
        return "us-east-1";
    }

    /** The only access key the server knows. */
    public String accessKey() {
        return "hermes-test";
    }

    /** Its secret. */
    public String secretKey() {
        return "hermes-test-secret";
    }

    /** The bucket the server was started with. */
    public String bucket() {
        return bucket;
    }

    /** Process id of the server. */
    public long pid() {
        return process.pid();
    }

    /** Ends the server at once, as a crash would. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            process.getOutputStream().close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException alreadyBroken) {
            throw new UncheckedIOException(alreadyBroken);
        }
    }
}
