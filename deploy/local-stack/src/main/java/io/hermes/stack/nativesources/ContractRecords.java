package io.hermes.stack.nativesources;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The records in the compiled contracts, found rather than listed, so that a new one cannot be forgotten here. */
record ContractRecords(Path classes) {

    private static final String ROOT = "io/hermes/contract";

    /** Names of the records in these packages. */
    List<String> of(List<String> packages) throws IOException {
        List<String> found = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {url()})) {
            for (String name : packages) {
                for (String candidate : names(classes.resolve(ROOT).resolve(name))) {
                    if (Class.forName(candidate, false, loader).isRecord()) {
                        found.add(candidate);
                    }
                }
            }
        } catch (ClassNotFoundException impossible) {
            throw new IOException(impossible);
        }
        if (found.isEmpty()) {
            throw new IOException("no record in " + packages + " below " + classes + ": is it compiled?");
        }
        return found;
    }

    private URL url() throws MalformedURLException {
        return classes.toUri().toURL();
    }

    private List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }
}
