package io.hermes.benchmark.peer;

import io.hermes.benchmark.measure.Meter;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.measure.Usage;
import io.hermes.benchmark.place.Place;
import io.hermes.stack.StackDescription.S3Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** rclone as its documentation proposes for many small files, with checksums. */
public final class Rclone {

    /** Its name, also in the report. */
    public static final String NAME = "rclone";

    private static final long SAMPLE_MILLIS = 25;

    private final Path home;
    private final int transfers;

    private Rclone(Path home, int transfers) {
        this.home = home;
        this.transfers = transfers;
    }

    /** @return nothing where it is not installed; what to do about it is for the report to say */
    public static Optional<Rclone> installed(Path home, int transfers) throws IOException, InterruptedException {
        Files.createDirectories(home);
        Rclone rclone = new Rclone(home, transfers);
        return rclone.version().map(version -> rclone);
    }

    /** The first line of what it says of itself. */
    public Optional<String> version() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(NAME, "version").start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? said.lines().findFirst() : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    /**
     * Runs it to its end.
     *
     * @param verb {@code copy}, or {@code sync} for a pass over what is there already
     * @param others processes that serve it
     */
    public Run run(String verb, Place from, Place to, Map<String, Long> others)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(verb, from, to));
        builder.environment().clear();
        builder.environment().putAll(environment(from, to));
        Path log = home.resolve("rclone.log");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Meter serving = Meter.on(others);
        long begin = System.nanoTime();
        Process process = builder.start();
        Usage own = watched(process);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException("rclone ended with code %d; see %s".formatted(process.exitValue(), log));
        }
        List<Usage> costs = new ArrayList<>(serving.read());
        costs.add(own);
        return new Run(seconds, costs);
    }

    /** The words of one call, as a person would type them. */
    public List<String> command(String verb, Place from, Place to) {
        return List.of(
                NAME,
                verb,
                remote("from", from),
                remote("to", to),
                "--transfers",
                Integer.toString(transfers),
                "--checksum");
    }

    /** What it had used when it was last seen: at most one sample before its end. */
    private static Usage watched(Process process) throws InterruptedException {
        Meter meter = Meter.on(Map.of(NAME, process.pid()));
        Usage last = meter.read().getFirst();
        while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
            Usage now = meter.read().getFirst();
            last = now.peakBytes() > 0 ? now : last;
        }
        return last;
    }

    private static String remote(String name, Place place) {
        return switch (place) {
            case Place.Folder folder -> folder.onDisk().toString();
            case Place.Prefix prefix -> name + ":" + prefix.bucket() + "/" + prefix.prefix();
        };
    }

    private Map<String, String> environment(Place from, Place to) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", home.toString());
        environment.put("RCLONE_CONFIG", home.resolve("no.conf").toString());
        configure(environment, "FROM", from);
        configure(environment, "TO", to);
        return environment;
    }

    private static void configure(Map<String, String> environment, String name, Place place) {
        if (place instanceof Place.Prefix prefix) {
            S3Node server = prefix.server();
            String variable = "RCLONE_CONFIG_" + name + "_";
            environment.put(variable + "TYPE", "s3");
            environment.put(variable + "PROVIDER", "Other");
            environment.put(variable + "ENDPOINT", server.endpoint());
            environment.put(variable + "REGION", server.region());
            environment.put(variable + "ACCESS_KEY_ID", server.accessKey());
            environment.put(variable + "SECRET_ACCESS_KEY", server.secretKey());
            environment.put(variable + "NO_CHECK_BUCKET", "true");
        }
    }
}
