package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.whole;

import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A local store in a process of its own: with little memory, without privileges, or watched and disturbed by {@code strace}. */
final class ChildJvm {

    private static final int DOCUMENT_BYTES = 1000;

    private ChildJvm() {}

    /** How the child ended and what it said. */
    record Outcome(int exit, List<String> lines) {}

    /**
     * Runs {@link #main}.
     *
     * @param before what starts the JVM, such as {@code strace …}
     * @param options of the JVM
     * @param arguments root, settings as {@code key=value,…} and steps
     */
    static Outcome run(List<String> before, List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ChildJvm.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), said.lines().toList());
    }

    /** Opens the store and takes the steps: {@code put:key}, {@code replace:key}, {@code read:key}, {@code delete:key}, {@code list}. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (String setting : arguments[1].split(",")) {
            if (!setting.isEmpty()) {
                settings.put(setting.split("=")[0], setting.split("=")[1]);
            }
        }
        try (DocumentStore store = LocalContract.open(Path.of(arguments[0]), settings)) {
            for (String step : List.of(arguments).subList(2, arguments.length)) {
                say(step + " " + outcome(store, step));
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static String outcome(DocumentStore store, String step) {
        String name = step.substring(step.indexOf(':') + 1);
        try {
            return switch (step.split(":")[0]) {
                case "put" ->
                    ""
                            + await(store.write(described(name, Precondition.ifAbsent())))
                                    .proven();
                case "replace" ->
                    ""
                            + await(store.write(described(name, Precondition.none())))
                                    .proven();
                case "read" ->
                    ""
                            + await(store.read(ReadRequest.latest(key(name), DOCUMENT_BYTES)))
                                    .stat()
                                    .size();
                case "delete" -> "" + await(store.delete(key(name), Precondition.none()));
                case "list" -> list(store);
                default -> "unknown";
            };
        } catch (StorageException failure) {
            return failure.kind().name();
        }
    }

    private static WriteRequest described(String name, Precondition precondition) {
        DocumentMetadata metadata = new DocumentMetadata.Builder().name(name).build();
        return new WriteRequest(
                key(name), whole(bytes(DOCUMENT_BYTES)), Optional.empty(), metadata, Optional.empty(), precondition);
    }

    /** How many documents, whether in order and each once, and what was rejected. */
    private static String list(DocumentStore store) {
        long documents = 0;
        boolean ordered = true;
        String last = "";
        List<String> rejected = new ArrayList<>();
        for (Optional<ListRequest> next = Optional.of(ListRequest.everything()); next.isPresent(); ) {
            ListPage page = await(store.list(next.get()));
            for (ListPage.Entry entry : page.entries()) {
                documents++;
                ordered &= last.compareTo(entry.key().value()) < 0;
                last = entry.key().value();
            }
            page.rejected().forEach(one -> rejected.add(one.name()));
            next = page.next().map(next.get()::after);
        }
        return documents + " " + ordered + " " + rejected;
    }
}
