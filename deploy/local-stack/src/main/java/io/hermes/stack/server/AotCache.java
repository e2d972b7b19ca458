package io.hermes.stack.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * What a JVM has recorded of one service: its classes, loaded and linked, and how often which method ran (JEP 483, 514, 515). A cache
 * fits the same JVM with the same options on the same files, which is what its name says; where none fits, the service starts without
 * one. Recorded on request only (ADR 0034).
 *
 * @param folder of the caches of this service, which holds nothing else
 * @param roots the files on the class path, and the folders of files that those lead to
 * @param options of the JVM
 */
public record AotCache(Path folder, List<Path> roots, List<String> options) {

    /** The first that records while it works and keeps what it has learnt of methods. */
    private static final int FIRST_JVM = 25;

    /** It takes a JVM seconds to write a cache, and more where others keep the machine busy. */
    private static final Duration WRITING = Duration.ofMinutes(3);

    private static final String CACHE = ".aot";
    private static final String DRAFT = ".draft";
    private static final int LENGTH_OF_NAME = 32;

    public AotCache {
        roots = List.copyOf(roots);
        options = List.copyOf(options);
    }

    /**
     * How one start goes about it.
     *
     * @param options for the JVM, beside its others
     * @param writing how much longer the JVM may take to end
     */
    public record Part(List<String> options, Duration writing) {

        private static final Part NONE = new Part(List.of(), Duration.ZERO);

        public Part {
            options = List.copyOf(options);
        }
    }

    /** A start with the cache that fits, without one where none does. */
    public Part used() throws IOException {
        // Reading all files takes a moment, which nobody need spend who has never recorded anything.
        if (!Files.isDirectory(folder)) {
            return Part.NONE;
        }
        Path cache = folder.resolve(name() + CACHE);
        if (!Files.exists(cache)) {
            return Part.NONE;
        }
        // A damaged cache has another checksum, and is left aside by the JVM.
        return new Part(List.of("-XX:AOTCache=" + cache, "-XX:+VerifySharedSpaces"), Duration.ZERO);
    }

    /** A start that writes a cache when the JVM ends. Not the cache of later starts before it is {@linkplain #keep() kept}. */
    public Part recorded() throws IOException {
        int jvm = Runtime.version().feature();
        if (jvm < FIRST_JVM) {
            throw new IOException("To record a start takes a JDK %d or newer; this is %d.".formatted(FIRST_JVM, jvm));
        }
        Files.createDirectories(folder);
        Path draft = folder.resolve(name() + DRAFT);
        Files.deleteIfExists(draft);
        return new Part(List.of("-XX:AOTCacheOutput=" + draft), WRITING);
    }

    /** Makes what a JVM has recorded and written the cache of later starts, in place of all others of this service. */
    public void keep() throws IOException {
        String name = name();
        Path draft = folder.resolve(name + DRAFT);
        if (!Files.exists(draft)) {
            throw new IOException("No JVM has written " + draft + "; the log of the service may say why.");
        }
        Path kept = folder.resolve(name + CACHE);
        Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (Path other : files(folder)) {
            if (!other.equals(kept)) {
                Files.delete(other);
            }
        }
    }

    /** Of everything that must be the same. Tells one build from another; it need not withstand an attacker. */
    private String name() throws IOException {
        List<String> lines = new ArrayList<>(options);
        lines.add(System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
        for (Path root : roots) {
            for (Path file : files(root)) {
                // The JVM asks for the same path, size and time, but not for the same content.
                lines.add("%s %d %s %x"
                        .formatted(file, Files.size(file), Files.getLastModifiedTime(file), checksum(file)));
            }
        }
        try {
            byte[] all = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all);
            return HexFormat.of().formatHex(digest).substring(0, LENGTH_OF_NAME);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The one that costs next to nothing, for a hundred megabytes at each start. */
    private static long checksum(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        try (InputStream content = new CheckedInputStream(Files.newInputStream(file), sum)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return sum.getValue();
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
