package io.hermes.registry.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.storage.AllowedServers;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Network;
import io.hermes.storage.ProbeReport.Outcome;
import io.hermes.storage.ProbeReport.Step;
import io.hermes.storage.StoreEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The way to a server is only gone as far as the operator allows. */
class ReachabilityTest {

    private static AllowedServers with(String... networks) {
        return new AllowedServers(
                Set.of(),
                List.of(),
                Set.of(),
                List.of(networks).stream().map(Network::parse).toList(),
                true);
    }

    private static Reachability under(AllowedServers allowed) {
        return new Reachability(
                new ProbeSettings() {
                    @Override
                    public int concurrency() {
                        return 1;
                    }

                    @Override
                    public Duration stepTimeout() {
                        return Duration.ofMinutes(1);
                    }

                    @Override
                    public Duration storeTimeout() {
                        return Duration.ofMinutes(1);
                    }
                },
                allowed);
    }

    private static StoreEndpoint named(ServerSocket door) {
        return new StoreEndpoint("endpoint", URI.create("http://localhost:" + door.getLocalPort()), open -> {});
    }

    /** The settings say a name, and whoever answers for it may say anything: this one leads to this machine. */
    @Test
    void aNameThatLeadsToAForbiddenAddressIsNotConnectedTo() throws IOException {
        try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            // When
            List<Step> steps = under(with("10.0.0.0/8")).steps(named(door));

            // Then
            assertThat(steps).singleElement().satisfies(step -> {
                assertThat(step.name()).isEqualTo("address");
                assertThat(step.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(step.failure()).contains(ErrorKind.CONFIG_INVALID);
                assertThat(step.hint()).contains("the operator does not allow the address");
            });
            door.setSoTimeout(1);
            assertThatThrownBy(door::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aNameThatLeadsToAnAllowedAddressIs() throws IOException {
        try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            assertThat(under(with("127.0.0.0/8")).steps(named(door)))
                    .extracting(step -> step.name() + " " + step.outcome())
                    .containsExactly("address OK", "connect OK");
        }
    }
}
