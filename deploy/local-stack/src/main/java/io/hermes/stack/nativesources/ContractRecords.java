package io.hermes.stack.nativesources;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The records of the contracts that a service deals in: found in its classes rather than listed, so that none can be forgotten. */
record ContractRecords(Path contracts) {

    /** Not the topics: constants of the code, never written as JSON. */
    private static final Pattern NAME = Pattern.compile("io/hermes/contract/(?!topic/)[A-Za-z0-9_/$]+");

    /** Names of the records that the classes in this folder mention, and of those that these mention in turn. */
    List<String> mentionedIn(Path classes) throws IOException {
        Set<String> seen = new TreeSet<>();
        Deque<Path> toRead = new ArrayDeque<>(classFiles(classes));
        while (!toRead.isEmpty()) {
            for (String name : names(toRead.pop())) {
                Path file = contracts.resolve(name + ".class");
                if (Files.exists(file) && seen.add(name)) {
                    toRead.add(file);
                }
            }
        }
        List<String> records = records(seen);
        if (records.isEmpty()) {
            throw new IOException("no record of " + contracts + " is mentioned in " + classes + ": is it compiled?");
        }
        return records;
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    /** A class file holds the names of the types that it uses as plain text. */
    private static List<String> names(Path classFile) throws IOException {
        Matcher matcher = NAME.matcher(Files.readString(classFile, StandardCharsets.ISO_8859_1));
        return matcher.results().map(MatchResult::group).toList();
    }

    private List<String> records(Set<String> names) throws IOException {
        List<String> records = new ArrayList<>();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {contracts.toUri().toURL()})) {
            for (String name : names) {
                Class<?> type = Class.forName(name.replace('/', '.'), false, loader);
                if (type.isRecord()) {
                    records.add(type.getName());
                }
            }
        } catch (ClassNotFoundException itsFileIsThere) {
            throw new IOException(itsFileIsThere);
        }
        return records;
    }
}
