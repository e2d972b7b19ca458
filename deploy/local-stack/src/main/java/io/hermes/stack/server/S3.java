package io.hermes.stack.server;

import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.Settings;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Program;
import io.hermes.stack.process.Program.Guard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An S3 server on files: S3Proxy, which takes only requests signed by version 4. */
public final class S3 {

    public static final String NAME = "s3";
    public static final String REGION = "us-east-1";

    /** The buckets of the specification. This server has no versions. */
    public static final List<String> BUCKETS = List.of("hermes-documents", "hermes-archive");

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);
    private static final List<String> JVM = List.of("-Xmx384m", "-XX:+UseSerialGC");

    private final StackDirectory directory;
    private final Settings settings;
    private final Installation installation;

    public S3(StackDirectory directory, Settings settings, Installation installation) {
        this.directory = directory;
        this.settings = settings;
        this.installation = installation;
    }

    /** The base URL for path-style requests. */
    public String endpoint() {
        return settings.url(NAME);
    }

    /** Makes the buckets, which are folders here. */
    public Program prepare() throws IOException {
        for (String bucket : BUCKETS) {
            Files.createDirectories(directory.s3().resolve("buckets").resolve(bucket));
        }
        Path temporary = directory.freshTemporary(NAME);
        List<String> command = JavaCommand.guarded(
                installation.guardedClassPath(installation.s3Proxy()),
                temporary,
                JVM,
                "org.gaul.s3proxy.Main",
                "--properties",
                writeProperties().toString());
        return new Program(
                NAME, command, CleanEnvironment.of(temporary), directory.log(NAME), Guard.OWN, STOP_LIMIT, () -> {});
    }

    private Path writeProperties() throws IOException {
        String content = String.join(
                "\n",
                "s3proxy.endpoint=" + endpoint(),
                "s3proxy.authorization=aws-v4",
                "s3proxy.identity=" + settings.s3AccessKey(),
                "s3proxy.credential=" + settings.s3SecretKey(),
                "s3proxy.v4-max-non-chunked-request-size=134217728",
                "jclouds.provider=filesystem-nio2",
                "jclouds.identity=unused",
                "jclouds.credential=unused",
                "jclouds.filesystem.basedir=" + directory.s3().resolve("buckets"),
                "");
        Path properties = directory.s3().resolve("s3proxy.properties");
        StackDirectory.writePrivately(properties, content.getBytes(StandardCharsets.UTF_8));
        return properties;
    }

    /** Whether it answers. */
    public boolean isReady() {
        return Readiness.s3Answers(endpoint());
    }
}
