package io.hermes.stack;

/** The stack cannot be started; the message is meant for the person who started it. */
public final class StackFailure extends Exception {

    private static final long serialVersionUID = 1L;

    StackFailure(String message) {
        super(message);
    }
}
