package io.hermes.systemtests.oracle;

import io.hermes.stack.proof.Fingerprint;
import io.hermes.stack.proof.SourceFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the documents were before the run: on disk and synced outside of all stores before the first service hears of them, and judged
 * by what was read back from there.
 *
 * @param documents content by key
 */
public record Manifest(SortedMap<String, Fingerprint> documents) {

    public Manifest {
        documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
    }

    /** Notes what this folder holds in this file, and reads the file. */
    public static Manifest of(SourceFolder folder, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Path> document : folder.documents().entrySet()) {
            Fingerprint content = SourceFolder.fingerprint(document.getValue());
            lines.add(content.sha256() + "\t" + content.bytes() + "\t" + document.getKey());
        }
        Files.createDirectories(file.getParent());
        write(file, String.join("\n", lines));
        return read(file);
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try (FileChannel folder = FileChannel.open(file.getParent())) {
            folder.force(true);
        }
    }

    private static Manifest read(Path file) throws IOException {
        SortedMap<String, Fingerprint> documents = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t", 3);
            documents.put(fields[2], new Fingerprint(Long.parseLong(fields[1]), fields[0]));
        }
        return new Manifest(documents);
    }

    /** How many documents. */
    public int size() {
        return documents.size();
    }

    /** All their bytes. */
    public long bytes() {
        return documents.values().stream().mapToLong(Fingerprint::bytes).sum();
    }
}
