package io.hermes.storage;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the operator allows stores to be reached. Whoever may register a provider names a server; this says which servers are theirs to
 * name. What a URL says is checked when settings are, every address when it is connected to, so that a name cannot lead elsewhere later.
 *
 * @param schemes such as {@code https}; empty: both
 * @param hosts names or patterns such as {@code *.example.com}; empty: every name
 * @param ports empty: every port
 * @param networks addresses that are allowed besides those of the public Internet
 * @param internet whether addresses of the public Internet are allowed
 */
public record AllowedServers(
        Set<String> schemes, List<String> hosts, Set<Integer> ports, List<Network> networks, boolean internet) {

    private static final List<Network> NOT_OF_THE_INTERNET = Network.all(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2001::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/9",
            "ff00::/8");

    /**
     * Where clouds give their machines' credentials away (AWS and most others, Alibaba, Azure's wire server, AWS, Google and Oracle over
     * IPv6): a network that happens to hold one of these does not allow it.
     */
    private static final List<Network> METADATA = Network.all(
            "169.254.0.0/16",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "fd00:ec2::254/128",
            "fd20:ce::254/128",
            "fd00:c1::a9fe:a9fe/128",
            "fe80::/10");

    private static final Pattern NUMBERS = Pattern.compile("(0x)?[0-9a-f]*(\\.(0x)?[0-9a-f]*){0,3}\\.?");
    private static final Pattern BEGINS_WITH_A_DIGIT_IN_ITS_LAST_PART = Pattern.compile("(.*\\.)?[0-9][0-9a-fx]*\\.?");

    public AllowedServers {
        schemes = Set.copyOf(schemes);
        hosts = List.copyOf(hosts);
        ports = Set.copyOf(ports);
        networks = List.copyOf(networks);
    }

    /** Every server, for whoever uses this library in a process of their own. */
    public static AllowedServers everywhere() {
        List<Network> all = new ArrayList<>(METADATA);
        all.addAll(Network.all("0.0.0.0/0", "::/0"));
        return new AllowedServers(Set.of(), List.of(), Set.of(), all, true);
    }

    /** What is wrong with a server as it is named, in words for whoever named it. No I/O. */
    public Optional<String> problemOf(StoreEndpoint server) {
        String scheme = server.url().getScheme().toLowerCase(Locale.ROOT);
        String host = server.host().toLowerCase(Locale.ROOT);
        if (!schemes.isEmpty() && !schemes.contains(scheme)) {
            return Optional.of("the operator does not allow " + scheme + "; allowed: " + String.join(", ", sorted()));
        }
        if (isOddAddress(host)) {
            return Optional.of("is an address in a form that is read in several ways; write four numbers, or a name");
        }
        if (!hosts.isEmpty() && hosts.stream().noneMatch(pattern -> matches(pattern, host))) {
            return Optional.of("the operator does not allow this host");
        }
        if (!ports.isEmpty() && !ports.contains(server.port())) {
            return Optional.of("the operator does not allow port " + server.port());
        }
        return isLocal(host) || (Network.isAddress(host) && !allows(Network.address(host)))
                ? Optional.of("the operator does not allow this address")
                : Optional.empty();
    }

    private List<String> sorted() {
        return schemes.stream().sorted().toList();
    }

    private boolean isLocal(String host) {
        return (host.equals("localhost") || host.endsWith(".localhost")) && !allows(InetAddress.getLoopbackAddress());
    }

    /** Some libraries read 2130706433, 0x7f.1 and 127.1 as addresses, others as names. */
    private static boolean isOddAddress(String host) {
        return !Network.isAddress(host)
                && NUMBERS.matcher(host).matches()
                && BEGINS_WITH_A_DIGIT_IN_ITS_LAST_PART.matcher(host).matches();
    }

    private static boolean matches(String pattern, String host) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        return wanted.startsWith("*.") ? host.endsWith(wanted.substring(1)) : host.equals(wanted);
    }

    /** Whether an address may be connected to, by whatever name it was found. */
    public boolean allows(InetAddress found) {
        InetAddress address = Network.plain(found);
        Optional<Network> metadata =
                METADATA.stream().filter(network -> network.holds(address)).findFirst();
        if (metadata.isPresent()) {
            return networks.stream()
                    .anyMatch(network -> network.holds(address)
                            && network.bits() >= metadata.get().bits());
        }
        return networks.stream().anyMatch(network -> network.holds(address))
                || (internet && NOT_OF_THE_INTERNET.stream().noneMatch(network -> network.holds(address)));
    }
}
