package io.hermes.stack;

import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Child;
import io.hermes.stack.process.SupervisorListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps {@code stack.json} true: there while the stack is ready, written anew whenever a process is another one. */
final class Publication implements SupervisorListener {

    private final StackDirectory directory;
    private final Consumer<String> log;
    private Optional<Supplier<StackDescription>> content = Optional.empty();

    Publication(StackDirectory directory, Consumer<String> log) {
        this.directory = directory;
        this.log = log;
    }

    /** From now on the world may know. */
    synchronized void begin(Supplier<StackDescription> description) {
        content = Optional.of(description);
        publish();
    }

    @Override
    public synchronized void started(Child child) {
        publish();
    }

    private void publish() {
        content.map(Supplier::get).ifPresent(now -> {
            try {
                now.publish(directory);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    synchronized void withdraw() {
        content = Optional.empty();
        try {
            Files.deleteIfExists(directory.description());
        } catch (IOException unwritable) {
            log.accept("cannot remove " + directory.description() + ": " + unwritable);
        }
    }

    @Override
    public void log(String line) {
        log.accept(line);
    }
}
