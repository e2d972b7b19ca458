package io.hermes.registry.probe;

import io.hermes.storage.AllowedServers;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ProbeReport.Outcome;
import io.hermes.storage.ProbeReport.Step;
import io.hermes.storage.StorageException;
import io.hermes.storage.StoreEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes to a server as far as TLS, one step after the other. Says nothing of what the server answers, not even of its certificate. */
@ApplicationScoped
class Reachability {

    /** Enough for a name with one address of either family; a test is not to be led through hundreds. */
    private static final int MOST_ADDRESSES = 2;

    private final ProbeSettings settings;
    private final AllowedServers allowed;

    Reachability(ProbeSettings settings, AllowedServers allowed) {
        this.settings = settings;
        this.allowed = allowed;
    }

    /** Blocking. The steps tried, the last of which may have failed. */
    List<Step> steps(StoreEndpoint endpoint) {
        List<Step> steps = new ArrayList<>();
        String prefix = endpoint.setting().replace("endpoint", "");
        Optional<List<InetAddress>> addresses = tried(
                steps,
                prefix + "address",
                "the host has no address; check its name and this machine's DNS",
                () -> allowed(InetAddress.getAllByName(endpoint.host())));
        Optional<Socket> connection = addresses.flatMap(found -> tried(
                steps,
                prefix + "connect",
                "nobody accepts connections at this address and port; check the port and the firewalls between",
                () -> connected(found, endpoint.port())));
        connection.ifPresent(open -> {
            try (open) {
                if (endpoint.encrypted()) {
                    Optional<Boolean> unused = tried(
                            steps,
                            prefix + "tls",
                            "the TLS handshake failed; check use_ssl, ca_cert_path and the host name",
                            () -> shaken(open, endpoint));
                }
            } catch (IOException alreadyBroken) {
                // The steps tell already how far it came.
            }
        });
        return steps;
    }

    /** The same rule that every connection of a store is made under. */
    private List<InetAddress> allowed(InetAddress[] found) {
        List<InetAddress> passed = Stream.of(found).filter(allowed::allows).toList();
        if (passed.isEmpty()) {
            throw new StorageException(
                    ErrorKind.CONFIG_INVALID,
                    "probe",
                    "address",
                    "the operator does not allow the address of this host");
        }
        return passed;
    }

    private Socket connected(List<InetAddress> addresses, int port) throws IOException {
        IOException last = new IOException("no address");
        for (InetAddress address : addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()))) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), millis());
                return socket;
            } catch (IOException refused) {
                socket.close();
                last = refused;
            }
        }
        throw last;
    }

    private boolean shaken(Socket plain, StoreEndpoint endpoint) throws IOException {
        plain.setSoTimeout(millis());
        endpoint.handshake().over(plain);
        return true;
    }

    private int millis() {
        return (int) settings.stepTimeout().toMillis();
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    private static <T> Optional<T> tried(List<Step> steps, String name, String hint, Attempt<T> attempt) {
        long start = System.nanoTime();
        try {
            T result = attempt.run();
            steps.add(new Step(name, Outcome.OK, since(start), ""));
            return Optional.of(result);
        } catch (StorageException unusable) {
            steps.add(
                    new Step(name, Outcome.FAILED, since(start), unusable.getMessage(), Optional.of(unusable.kind())));
        } catch (IOException | RuntimeException failed) {
            steps.add(new Step(name, Outcome.FAILED, since(start), hint, Optional.of(ErrorKind.UNAVAILABLE)));
        }
        return Optional.empty();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
