package io.hermes.systemtests.fault.storage;

import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.ProxiedRequest;
import java.io.IOException;

/** Somebody does something to a store at the very moment of an exchange; by a clock it would rarely be met. */
public final class Deed {

    /** What is done. */
    @FunctionalInterface
    public interface Doing {

        /** @param key of the exchange's object, with its place */
        void about(String key) throws IOException;
    }

    private Deed() {}

    /** It is done when the request has come, and before the server hears of it. */
    public static Fault before(Doing doing) {
        return new Fault() {
            @Override
            public ProxiedRequest onRequest(ProxiedRequest request) throws IOException {
                doing.about(request.key());
                return request;
            }
        };
    }

    /** It is done when the server has replied; the reply is lost. */
    public static Fault insteadOfTheReply(String key, Doing doing) {
        return new Fault() {
            @Override
            public ProxiedReply onReply(ProxiedReply reply) throws IOException {
                doing.about(key);
                return Faults.loseReply().onReply(reply);
            }
        };
    }
}
