package io.hermes.worker;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Who this worker is. New at every start, so that events of a killed predecessor are never taken for ours. */
@Singleton
public final class WorkerIdentity {

    private static final int RANDOM_LENGTH = 8;

    private final String id;

    WorkerIdentity(WorkerConfig config) {
        this.id = config.id().orElseGet(WorkerIdentity::hostName) + "-"
                + UUID.randomUUID().toString().substring(0, RANDOM_LENGTH);
    }

    /** The id, which is also the key of every event record. */
    public String id() {
        return id;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "worker";
        }
    }
}
