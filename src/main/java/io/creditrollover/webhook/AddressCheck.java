package io.creditrollover.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Refuses hosts with an address that is not public, before each attempt. Every address of the answer must be public,
 * because the client may take any.
 *
 * <p>The JDK's client resolves the name again when it connects, and has no way to give it an address: with an address in
 * the URL it would check the certificate against the address. The JVM keeps the answer for 30 seconds
 * ({@code networkaddress.cache.ttl}), so the client gets the checked one from there. An answer that another name server
 * changes between the two look-ups is used only if it was kept for exactly 30 seconds at that moment.
 */
final class AddressCheck {
    private final Resolver resolver;

    AddressCheck(Resolver resolver) {
        this.resolver = resolver;
    }

    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** The host has an address that is not allowed. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String sentence) {
            super(sentence);
        }
    }

    /** A loopback host is allowed if it is named so: the settings accept no other over http. */
    void require(Endpoint endpoint) throws UnknownHostException, RefusedException {
        String host = host(endpoint.url());
        InetAddress[] addresses = resolver.resolve(host);
        if (endpoint.allowPrivate()) {
            return;
        }
        boolean namedLoopback = host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
        for (InetAddress address : addresses) {
            boolean allowed = namedLoopback ? address.isLoopbackAddress() : isPublic(address);
            if (!allowed) {
                throw new RefusedException(
                        "its host has a private address. To allow it: " + allowKey(endpoint) + "=true");
            }
        }
    }

    private static String allowKey(Endpoint endpoint) {
        return endpoint.isChat()
                ? "rollover.alerts.chat-allow-private"
                : "rollover.webhooks." + endpoint.name() + ".allow-private";
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? isPublicV4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff)
                : isPublicV6(bytes);
    }

    private static boolean isPublicV4(int first, int second, int third) {
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean protocols = first == 192 && second == 0 && (third == 0 || third == 2);
        boolean benchmarks = first == 198 && (second & 0xfe) == 18;
        boolean documentation =
                (first == 198 && second == 51 && third == 100) || (first == 203 && second == 0 && third == 113);
        return first != 0 && first < 224 && !shared && !protocols && !benchmarks && !documentation;
    }

    /** Only 2000::/3 is public, without addresses that hold one of IPv4: Teredo and 6to4. */
    private static boolean isPublicV6(byte[] bytes) {
        boolean global = (bytes[0] & 0xe0) == 0x20;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return global && !teredo && !documentation && !sixToFour;
    }
}
