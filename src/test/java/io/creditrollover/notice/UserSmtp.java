package io.creditrollover.notice;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server for users. Addresses that begin with {@code gone} are refused for good, those with {@code busy} for now,
 * those with {@code cut} end the conversation after the data, those with {@code login} want a login.
 */
final class UserSmtp implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> tried = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile boolean allowsBusy;
    private volatile boolean closed;
    private volatile @Nullable String toSender;

    UserSmtp() {
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException unbound) {
            throw new UncheckedIOException(unbound);
        }
        start(this::listen);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on busy addresses are accepted. */
    void allowBusy(boolean allow) {
        allowsBusy = allow;
    }

    /** Ends each conversation with its greeting, as a server that is shut down. */
    void away(boolean away) {
        closed = away;
    }

    /** Answers MAIL with this line; null for an acceptance. */
    void answerSender(@Nullable String line) {
        toSender = line;
    }

    void forget() {
        tried.clear();
        taken.clear();
        allowBusy(false);
        away(false);
        answerSender(null);
    }

    /** Addresses of RCPT, accepted or not. */
    List<String> tried() {
        return tried;
    }

    List<MimeMessage> mails() {
        return taken.stream().map(UserSmtp::parsed).toList();
    }

    private static MimeMessage parsed(String data) {
        try {
            return new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(data.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                start(() -> converse(socket));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            if (closed) {
                say(socket, "421 closing");
                return;
            }
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            say(socket, "220 users ESMTP");
            String to = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.length() < 4 ? line : line.substring(0, 4);
                switch (verb) {
                    case "MAIL" -> say(socket, toSender == null ? "250 ok" : toSender);
                    case "RCPT" -> {
                        to = line.replaceAll("^.*<|>.*$", "");
                        tried.add(to);
                        say(socket, answer(to));
                    }
                    case "DATA" -> {
                        say(socket, "354 data");
                        String mail = data(in);
                        if (mail == null) {
                            return;
                        }
                        taken.add(mail);
                        if (to.startsWith("cut")) {
                            return;
                        }
                        say(socket, "250 taken");
                    }
                    case "QUIT" -> {
                        say(socket, "221 bye");
                        return;
                    }
                    default -> say(socket, "250 ok");
                }
            }
        } catch (IOException ended) {
            // The client closed the connection.
        }
    }

    private String answer(String to) {
        if (to.startsWith("gone")) {
            return "550 5.1.1 <" + to + ">: no such user";
        }
        if (to.startsWith("login")) {
            return "530 5.7.0 Authentication required";
        }
        return to.startsWith("busy") && !allowsBusy ? "450 4.2.1 try again later" : "250 ok";
    }

    /** Returns null for a mail without its end: the client was killed. */
    private static @Nullable String data(BufferedReader in) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                return data.toString();
            }
            data.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return null;
    }

    private static void say(Socket socket, String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "user-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
