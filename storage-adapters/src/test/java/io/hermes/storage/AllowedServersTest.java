package io.hermes.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers pass; the addresses are those of RELIABILITY B34. */
class AllowedServersTest {

    private static final AllowedServers DEFAULTS =
            new AllowedServers(Set.of("https"), List.of(), Set.of(), List.of(), true);

    private static AllowedServers with(String... networks) {
        return new AllowedServers(Set.of(), List.of(), Set.of(), Network.all(networks), true);
    }

    private static boolean named(AllowedServers allowed, String url) {
        return allowed.problemOf(new StoreEndpoint("endpoint", URI.create(url), open -> {}))
                .isEmpty();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fd00:c1::a9fe:a9fe",
                "127.0.0.1",
                "127.255.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::7f00:1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "ff02::1"
            })
    void whatIsNotOfTheInternetIsRefused(String literal) {
        assertThat(DEFAULTS.allows(address(literal))).isFalse();
        assertThat(named(DEFAULTS, "https://" + (literal.contains(":") ? "[" + literal + "]" : literal)))
                .isFalse();
        assertThat(AllowedServers.everywhere().allows(address(literal))).isTrue();
    }

    /** What {@code AAAA ::ffff:10.0.0.1} comes to: the JDK makes an IPv6 address of it, the kernel connects by IPv4. */
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "127.0.0.1", "169.254.169.254", "0.0.0.0"})
    void anIpv4AddressInIpv6ClothesIsSeenThrough(String literal) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        System.arraycopy(address(literal).getAddress(), 0, bytes, 12, 4);
        InetAddress clothed = Inet6Address.getByAddress(null, bytes, -1);
        assertThat(clothed).isInstanceOf(Inet6Address.class);

        assertThat(DEFAULTS.allows(clothed)).isFalse();
        assertThat(with("0.0.0.0/0", "::/0").allows(clothed)).isEqualTo(!literal.startsWith("169.254"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2600:1f00::1", "223.255.255.255"})
    void whatIsOfTheInternetPasses(String literal) {
        assertThat(DEFAULTS.allows(address(literal))).isTrue();
        assertThat(new AllowedServers(Set.of(), List.of(), Set.of(), List.of(), false).allows(address(literal)))
                .isFalse();
    }

    @Test
    void aNamedNetworkPassesButDoesNotGiveTheMetadataAway() {
        assertThat(with("10.0.0.0/8").allows(address("10.9.9.9"))).isTrue();
        assertThat(with("10.0.0.0/8").allows(address("11.9.9.9"))).isTrue();
        assertThat(with("10.0.0.0/9").allows(address("10.128.0.1"))).isFalse();
        assertThat(with("fd00::/8").allows(address("fd00::1"))).isTrue();
        assertThat(with("0.0.0.0/0", "::/0").allows(address("169.254.169.254"))).isFalse();
        assertThat(with("fd00::/8").allows(address("fd00:ec2::254"))).isFalse();
        assertThat(with("fc00::/7").allows(address("fd20:ce::254"))).isFalse();
        assertThat(with("168.63.129.16").allows(address("168.63.129.16"))).isTrue();
        assertThat(with("100.64.0.0/10").allows(address("100.100.100.200"))).isFalse();
        assertThat(with("169.254.169.254").allows(address("169.254.169.254"))).isTrue();
        assertThat(with("127.0.0.0/8").allows(address("::ffff:127.0.0.1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "a.localhost", "LOCALHOST"})
    void thisMachineByNameIsThisMachine(String host) {
        assertThat(named(DEFAULTS, "https://" + host)).isFalse();
        assertThat(named(with("127.0.0.0/8"), "https://" + host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://8.8.8.8:443",
                "https://s3.eu-central-1.amazonaws.com",
                "https://cafe.de",
                "https://1and1.com"
            })
    void ordinaryServersPass(String url) {
        assertThat(named(DEFAULTS, url)).isTrue();
    }

    @Test
    void schemesHostsAndPortsAreTheOperators() {
        AllowedServers strict = new AllowedServers(
                Set.of("https"), List.of("s3.example.com", "*.store.example"), Set.of(443, 9000), List.of(), true);
        assertThat(named(strict, "https://s3.example.com")).isTrue();
        assertThat(named(strict, "https://S3.Example.com:9000")).isTrue();
        assertThat(named(strict, "https://bucket.store.example")).isTrue();
        assertThat(named(strict, "http://s3.example.com")).isFalse();
        assertThat(named(strict, "https://s3.example.com:22")).isFalse();
        assertThat(named(strict, "https://store.example")).isFalse();
        assertThat(named(strict, "https://evilstore.example")).isFalse();
        assertThat(named(strict, "https://s3.example.com.evil.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0/8",
                "example.com",
                "example.com/8",
                "::/129",
                "10.0.0.0/-1"
            })
    void whatIsNoNetworkIsSaid(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
