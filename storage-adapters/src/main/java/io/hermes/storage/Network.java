package io.hermes.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Addresses that begin alike.
 *
 * @param first one of them
 * @param bits how many bits of it they share
 */
public record Network(InetAddress first, int bits) {

    private static final Pattern FOUR_NUMBERS =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern WITH_COLONS = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private static final byte[] WRAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};
    private static final int IPV4 = 4;

    /** @throws IllegalArgumentException for more bits than an address has */
    public Network {
        if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("an address does not have " + bits + " bits");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. Asks no name server.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Network parse(String text) {
        String[] parts = text.strip().split("/", 2);
        if (!isAddress(parts[0]) || (parts.length == 2 && !parts[1].matches("\\d{1,3}"))) {
            throw new IllegalArgumentException("'" + text + "' is no network; write one such as 10.0.0.0/8");
        }
        InetAddress first = address(parts[0]);
        int all = first.getAddress().length * Byte.SIZE;
        return new Network(first, parts.length == 2 ? Integer.parseInt(parts[1]) : all);
    }

    static List<Network> all(String... networks) {
        return Stream.of(networks).map(Network::parse).toList();
    }

    /** Whether a host is an address in its usual form rather than a name. */
    static boolean isAddress(String host) {
        return FOUR_NUMBERS.matcher(host).matches() || WITH_COLONS.matcher(host).matches();
    }

    /** The address that a host is; an IPv4 address in IPv6's clothes is the IPv4 address. */
    static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("'" + host + "' is no address", malformed);
        }
    }

    /**
     * The IPv4 address that the kernel connects to for an IPv6 address that wraps one. The JDK unwraps what it parses, but not what a
     * name server answers to a question for IPv6 addresses.
     */
    static InetAddress plain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == WRAPPED.length + IPV4 && Arrays.equals(Arrays.copyOf(bytes, WRAPPED.length), WRAPPED)) {
            try {
                return InetAddress.getByAddress(Arrays.copyOfRange(bytes, WRAPPED.length, bytes.length));
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return address;
    }

    boolean holds(InetAddress address) {
        byte[] ours = first.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if ((ours[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
