package io.creditrollover.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server that misbehaves as it is told, and keeps every mail whose data it took, answered or not. */
final class ScriptedSmtp implements AutoCloseable {
    /** What it does to each conversation. */
    enum Script {
        ACCEPT,
        SAY_NOTHING,
        SAY_NOTHING_AFTER_DATA,
        DIE_AFTER_DATA,
        REFUSE_FOR_NOW,
        REFUSE_FOR_GOOD,
        WANT_A_LOGIN,
        FAIL_THE_FAREWELL
    }

    private final ServerSocket server;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger conversations = new AtomicInteger();
    private volatile Script script;

    ScriptedSmtp(Script script) {
        this.script = script;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException unbound) {
            throw new UncheckedIOException(unbound);
        }
        Thread thread = new Thread(this::listen, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    void now(Script other) {
        script = other;
    }

    /** Mails as they came over the wire, the first first. */
    List<String> taken() {
        return taken;
    }

    int conversations() {
        return conversations.get();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                conversations.incrementAndGet();
                Thread thread = new Thread(() -> converse(socket, script), "scripted-smtp-conversation");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket socket, Script how) {
        try (socket) {
            if (how == Script.SAY_NOTHING) {
                waitForTheEnd(socket);
                return;
            }
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            say(socket, "220 scripted ESMTP");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
                if (verb.equals("DATA")) {
                    say(socket, "354 go on");
                    taken.add(data(in));
                    if (how == Script.DIE_AFTER_DATA) {
                        return;
                    }
                    if (how == Script.SAY_NOTHING_AFTER_DATA) {
                        waitForTheEnd(socket);
                        return;
                    }
                    say(socket, "250 taken");
                } else if (verb.equals("QUIT")) {
                    if (how != Script.FAIL_THE_FAREWELL) {
                        say(socket, "221 bye");
                    }
                    return;
                } else if (verb.equals("MAIL") && how == Script.WANT_A_LOGIN) {
                    say(socket, "530 5.7.0 Authentication required");
                } else if (verb.equals("RCPT") && how == Script.REFUSE_FOR_NOW) {
                    say(socket, "450 4.2.1 try again later");
                } else if (verb.equals("RCPT") && how == Script.REFUSE_FOR_GOOD) {
                    say(socket, "550 5.1.1 no such user");
                } else {
                    say(socket, "250 fine");
                }
            }
        } catch (IOException gone) {
            // The client went away; that is its right.
        }
    }

    private static void waitForTheEnd(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // Reads and says nothing.
        }
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            data.append(line).append('\n');
        }
        return data.toString();
    }

    private static void say(Socket socket, String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
