package io.creditrollover.admin;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A TCP line to a server, which dies and comes back at the same port: connections are reset, new ones are refused. */
final class Line implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private volatile int target;
    private final int port;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;

    private Line(int target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        daemon(() -> accept(listener));
    }

    /** @param target a port; 0 if it is not known yet */
    static Line to(int target) throws IOException {
        return new Line(target);
    }

    void leadsTo(int port) {
        target = port;
    }

    int port() {
        return port;
    }

    void dies() {
        close();
    }

    /** Waits until the port is free: a client that tries again can hold it for a moment. */
    void isBack() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                ServerSocket again = listen(port);
                listener = again;
                daemon(() -> accept(again));
                return;
            } catch (IOException taken) {
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException(taken);
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    @Override
    public void close() {
        quietly(listener);
        open.forEach(Line::quietly);
        open.clear();
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return socket;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(server);
                if (socket.isClosed()) {
                    // Closed in between: what was not in the set yet is open.
                    quietly(client);
                    quietly(server);
                    return;
                }
                daemon(() -> pump(client, server));
                daemon(() -> pump(server, client));
            } catch (IOException closed) {
                // The line is dead, or its server is.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.setTcpNoDelay(true);
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // By either end.
        }
        open.remove(from);
        open.remove(to);
        quietly(from);
        quietly(to);
    }

    private static void quietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // As wanted.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }
}
