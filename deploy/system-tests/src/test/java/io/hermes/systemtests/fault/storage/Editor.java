package io.hermes.systemtests.fault.storage;

import io.hermes.stack.proof.Fingerprint;
import io.hermes.stack.proof.SourceFolder;
import io.hermes.systemtests.fault.Blow;
import io.hermes.systemtests.oracle.Books;
import io.hermes.systemtests.oracle.Changes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * F24: somebody works in the source folder while it is migrated: goes on writing a document, replaces one, deletes one, gives one
 * another name. Begins when all are listed, so that no new name is listed too.
 *
 * @param desk where replacements are written; not below the folder, and on the same file system
 * @param keys of the documents that may be touched
 */
public record Editor(Path folder, Path desk, List<String> keys, Books books, Changes changes) implements Blow {

    public Editor {
        keys = List.copyOf(keys);
    }

    @Override
    public boolean strike(RandomGenerator chance) throws Exception {
        String key = keys.get(chance.nextInt(keys.size()));
        if (changes.gone(key) || !books.isPlanned()) {
            return false;
        }
        switch (chance.nextInt(4)) {
            case 0 -> append(key, text(chance));
            case 1 -> replace(key, text(chance));
            case 2 -> delete(key);
            default -> rename(key);
        }
        return true;
    }

    private static byte[] text(RandomGenerator chance) {
        return ("edited " + chance.nextLong()).getBytes(StandardCharsets.UTF_8);
    }

    /** In one write, so that there is no state between. */
    private void append(String key, byte[] more) throws IOException {
        Path document = folder.resolve(key);
        byte[] before = Files.readAllBytes(document);
        byte[] after = new byte[before.length + more.length];
        System.arraycopy(before, 0, after, 0, before.length);
        System.arraycopy(more, 0, after, before.length, more.length);
        changes.becomes(key, Fingerprint.of(new ByteArrayInputStream(after)));
        Files.write(document, more, StandardOpenOption.APPEND);
    }

    /** Puts a document with this content in place of the one that is there, at once. */
    public void replace(String key, byte[] content) throws IOException {
        Files.createDirectories(desk);
        Path fresh = Files.createTempFile(desk, "replacement", "");
        Files.write(fresh, content);
        changes.becomes(key, SourceFolder.fingerprint(fresh));
        Path unused = Files.move(fresh, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    }

    private void delete(String key) throws IOException {
        changes.goes(key);
        Files.delete(folder.resolve(key));
    }

    private void rename(String key) throws IOException {
        changes.goes(key);
        Path document = folder.resolve(key);
        Path unused = Files.move(document, document.resolveSibling(document.getFileName() + " (renamed)"));
    }
}
