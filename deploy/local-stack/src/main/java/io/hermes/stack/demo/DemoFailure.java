package io.hermes.stack.demo;

/** The demo cannot go on; the message is meant for the person who runs it. */
public final class DemoFailure extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }
}
