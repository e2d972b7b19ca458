package io.hermes.stack.layout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Free ports on loopback. They are taken from below the range that systems hand out to outgoing connections: otherwise a client's
 * connection could occupy the port of a server in the second between its death and its next start.
 */
final class Ports {

    private static final int FIRST = 18_000;
    private static final int END = 30_000;
    private static final int ATTEMPTS = 1_000;

    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Set<Integer> given = new HashSet<>();

    /** The port wished for when it is free, else another one; never the same twice. */
    int freeOrOther(Integer wished) throws IOException {
        if (wished != null && isFree(wished) && given.add(wished)) {
            return wished;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = random.nextInt(FIRST, END);
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
        throw new IOException("no free port between " + FIRST + " and " + END + " on loopback");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(Settings.HOST))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
