package io.creditrollover.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program of the host that gets webhooks, on loopback. It keeps every request, and answers as a test says. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Script> next = new LinkedBlockingQueue<>();
    private final Semaphore held = new Semaphore(0);
    private final Semaphore arrived = new Semaphore(0);

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    /** What it does with one request. */
    enum Script {
        ACCEPT,
        REDIRECT,
        TOO_MANY,
        TOO_MANY_FOR_NOW,
        GONE,
        FAIL,
        ENDLESS_BODY,
        CLOSE,
        /** Answers 200 after {@link #letGo}. */
        HOLD
    }

    /** A request. */
    record Received(String path, Map<String, List<String>> headers, String body, boolean accepted) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }

        String id() {
            return header("webhook-id");
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String type() {
            return json().path("type").asString();
        }

        /** The ids of its events, in their order. */
        List<Long> eventIds() {
            JsonNode data = json().path("data");
            JsonNode list = data.has("events") ? data.path("events") : data.path("reinstatements");
            return StreamSupport.stream(list.spliterator(), false)
                    .map(event -> event.path("eventId").asLong())
                    .toList();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** The next requests are answered so, the later ones accepted. */
    void next(Script... scripts) {
        next.addAll(List.of(scripts));
    }

    void letGo() {
        held.release();
    }

    void awaitRequest() throws InterruptedException {
        arrived.acquire();
    }

    /** Returns false if the sender ended without a request. */
    boolean awaitRequest(BooleanSupplier senderIsAlive) throws InterruptedException {
        while (senderIsAlive.getAsBoolean()) {
            if (arrived.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return arrived.tryAcquire();
    }

    void forgetArrivals() {
        held.drainPermits();
        arrived.drainPermits();
        next.clear();
    }

    List<Received> all() {
        return List.copyOf(received);
    }

    List<Received> accepted() {
        return received.stream().filter(Received::accepted).toList();
    }

    Stream<Long> acceptedEventIds() {
        return accepted().stream().flatMap(message -> message.eventIds().stream());
    }

    List<String> acceptedTypes() {
        return accepted().stream().map(Received::type).toList();
    }

    void forget() {
        received.clear();
        next.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Script script = next.isEmpty() ? Script.ACCEPT : next.poll();
        boolean accepts = script == Script.ACCEPT || script == Script.ENDLESS_BODY || script == Script.HOLD;
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                Map.copyOf(new HashMap<>(exchange.getRequestHeaders())),
                body,
                accepts));
        arrived.release();
        try (exchange) {
            answer(exchange, script);
        } catch (IOException | InterruptedException left) {
            // The sender has closed the connection.
        }
    }

    private void answer(HttpExchange exchange, Script script) throws IOException, InterruptedException {
        switch (script) {
            case ACCEPT -> exchange.sendResponseHeaders(204, -1);
            case HOLD -> {
                held.acquire();
                exchange.sendResponseHeaders(204, -1);
            }
            case REDIRECT -> {
                exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
                exchange.sendResponseHeaders(307, -1);
            }
            case TOO_MANY, TOO_MANY_FOR_NOW -> {
                exchange.getResponseHeaders().add("Retry-After", script == Script.TOO_MANY ? "70" : "1");
                exchange.sendResponseHeaders(429, -1);
            }
            case GONE -> exchange.sendResponseHeaders(410, -1);
            case FAIL -> exchange.sendResponseHeaders(500, -1);
            case ENDLESS_BODY -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] block = new byte[4096];
                for (int i = 0; i < 100_000; i++) {
                    exchange.getResponseBody().write(block);
                }
            }
            case CLOSE -> throw new IOException("closed without an answer");
        }
    }

    @Override
    public void close() {
        held.release(1_000);
        server.stop(0);
    }
}
