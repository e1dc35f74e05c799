package io.creditrollover.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and the server. It can cut connections, or swallow what they carry while they stay open, and it
 * knows one thing of the protocol: a packet in which a given text goes to the server, such as COMMIT.
 */
final class TcpProxy implements AutoCloseable {
    /** What becomes of the packet, and of its connection. */
    enum Then {
        /** It goes its way. */
        FORWARD,
        /** Both ends see a reset. */
        CUT,
        /** The connection stays open and carries nothing any more, in either direction. */
        SWALLOW,
        /** As {@link #SWALLOW}, but all of the packet goes except for its last bytes. */
        BREAK_OFF
    }

    /** What to do when it happens; is called once, by the thread that carries the packet. */
    @FunctionalInterface
    interface Action {
        Then act();
    }

    /**
     * Waits for a packet.
     *
     * @param text to be found in what goes to the server
     * @param nth the first is 1
     * @param answered false for before the server has seen it; true for after it has answered and before the client
     *     knows
     */
    record Trap(String text, int nth, boolean answered, Action action) {}

    /** More than Describe, Execute and Sync after the parameters of a statement, so that these are incomplete. */
    private static final int BROKEN_OFF = 30;

    private final ServerSocket listener;
    private volatile int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger sprung = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    private volatile boolean swallowing;
    private volatile long delayMillis;

    private TcpProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static TcpProxy to(int port) throws IOException {
        TcpProxy proxy = new TcpProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), port);
        daemon(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Sets the trap, for connections there are and to come; counts from here. */
    void set(@Nullable Trap next) {
        seen.set(0);
        sprung.set(0);
        trap.set(next);
    }

    /** Returns how often the trap's text went by since it was set. */
    int seen() {
        return seen.get();
    }

    /** Returns whether the trap has sprung. */
    boolean hasSprung() {
        return sprung.get() > 0;
    }

    /** Returns how many connections there were at once, at the most. */
    int most() {
        return most.get();
    }

    /** Resets every connection. */
    void cut() {
        links.forEach(Link::cut);
    }

    /** Swallows everything on every connection, new ones included, or no longer for new ones. */
    void swallow(boolean everything) {
        swallowing = everything;
        if (everything) {
            links.forEach(link -> link.dead = true);
        }
    }

    /** Sends connections to come to another server, as an address that moves does in a failover. */
    void redirect(int port) {
        target = port;
    }

    /** Holds each packet back for a while. */
    void delay(long millis) {
        delayMillis = millis;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Link link = new Link(client);
                links.add(link);
                most.accumulateAndGet(links.size(), Math::max);
                daemon(link::open);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection through the proxy. */
    private final class Link {
        private final Socket client;
        private final Socket server = new Socket();
        private volatile boolean dead;
        private volatile @Nullable Trap awaitsAnswer;

        Link(Socket client) {
            this.client = client;
            this.dead = swallowing;
        }

        void open() {
            try {
                client.setTcpNoDelay(true);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
                server.setTcpNoDelay(true);
                daemon(() -> pump(server, client, false));
                pump(client, server, true);
            } catch (IOException refused) {
                cut();
            }
        }

        private void pump(Socket from, Socket to, boolean toServer) {
            byte[] buffer = new byte[65_536];
            try {
                while (true) {
                    int length = from.getInputStream().read(buffer);
                    if (length < 0) {
                        break;
                    }
                    if (delayMillis > 0) {
                        ChaosServer.pause(delayMillis);
                    }
                    Then then = dead ? Then.SWALLOW : toServer ? request(buffer, length) : answer();
                    if (then == Then.CUT) {
                        break;
                    }
                    dead |= then == Then.SWALLOW;
                    if (!dead) {
                        to.getOutputStream().write(buffer, 0, then == Then.BREAK_OFF ? length - BROKEN_OFF : length);
                        to.getOutputStream().flush();
                    }
                    dead |= then == Then.BREAK_OFF;
                }
            } catch (IOException ended) {
                // by either end
            }
            cut();
        }

        private Then request(byte[] buffer, int length) {
            Trap set = trap.get();
            if (set == null || !new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(set.text())) {
                return Then.FORWARD;
            }
            if (seen.incrementAndGet() != set.nth()) {
                return Then.FORWARD;
            }
            if (set.answered()) {
                awaitsAnswer = set;
                return Then.FORWARD;
            }
            return spring(set);
        }

        private Then answer() {
            Trap set = awaitsAnswer;
            awaitsAnswer = null;
            return set == null ? Then.FORWARD : spring(set);
        }

        private Then spring(Trap set) {
            Then then = set.action().act();
            sprung.incrementAndGet();
            return then;
        }

        void cut() {
            links.remove(this);
            reset(client);
            reset(server);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException gone) {
                // as wanted
            }
        }
    }
}
