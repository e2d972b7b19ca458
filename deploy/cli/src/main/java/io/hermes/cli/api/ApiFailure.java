package io.hermes.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;

/** A request that did not get what it asked for. The message is one sentence for people, with what to do. */
public abstract sealed class ApiFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private ApiFailure(String message) {
        super(message);
    }

    /** Whether the same request may well succeed later. */
    public abstract boolean temporary();

    /** The service answered, and said no. */
    public static final class Refused extends ApiFailure {

        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.line());
            this.problem = problem;
        }

        /** What it said. */
        public Problem problem() {
            return problem;
        }

        @Override
        public boolean temporary() {
            return problem.temporary();
        }
    }

    /** There was no answer, or not a whole one. */
    public static final class Unreachable extends ApiFailure {

        private static final long serialVersionUID = 1L;

        /** With the whole sentence. */
        public Unreachable(String message) {
            super(message);
        }

        static Unreachable of(String service, String url, IOException cause) {
            return new Unreachable("Cannot reach the " + service + " at " + url + ": " + words(cause));
        }

        private static String words(IOException cause) {
            if (cause instanceof HttpTimeoutException) {
                return "it does not answer in time.";
            }
            if (cause instanceof ConnectException) {
                return "nothing listens there. Is it running?";
            }
            return (cause.getMessage() == null ? "the connection broke" : cause.getMessage()) + ".";
        }

        @Override
        public boolean temporary() {
            return true;
        }
    }
}
