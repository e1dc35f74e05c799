package io.creditrollover.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID Connect provider on loopback, with discovery, authorization code and signed ID tokens. Whoever comes is
 * let through at once; a test says who that is.
 */
final class IdentityProvider implements AutoCloseable {
    static final String CLIENT = "credit-rollover";
    static final String SECRET = "a client secret";

    private final HttpServer server;
    private final KeyPair published = keys();
    private KeyPair signing = published;
    private Map<String, Object> claims = Map.of();
    private String nonce = "";

    IdentityProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, configuration()));
        server.createContext("/keys", exchange -> answer(exchange, 200, Map.of("keys", List.of(publicKey()))));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    /** Spring's own properties for logging in here. */
    String[] properties() {
        String registration = "spring.security.oauth2.client.registration.company.";
        return new String[] {
            registration + "client-id=" + CLIENT,
            registration + "client-secret=" + SECRET,
            registration + "scope=openid",
            "spring.security.oauth2.client.provider.company.issuer-uri=" + issuer()
        };
    }

    /** Who comes next, and what the provider says of them. */
    void expect(String subject, Map<String, Object> more) {
        claims = new HashMap<>(more);
        claims.put("sub", subject);
    }

    /** From now on tokens are signed with a key that is not published. */
    void signWithAnotherKey() {
        signing = keys();
    }

    private String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Map<String, Object> configuration() {
        return Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/keys",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        nonce = asked.get("nonce");
        String state = URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", asked.get("redirect_uri") + "?code=once&state=" + state);
        answer(exchange, 302, Map.of());
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String known = "Basic " + Base64.getEncoder().encodeToString(encoded(CLIENT + ":" + SECRET.replace(' ', '+')));
        if (!known.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !"once".equals(parameters(body).get("code"))) {
            answer(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        Map<String, Object> all = new HashMap<>(claims);
        all.putAll(Map.of("iss", issuer(), "aud", CLIENT, "nonce", nonce));
        all.put("iat", Instant.now().getEpochSecond());
        all.put("exp", Instant.now().plusSeconds(300).getEpochSecond());
        answer(
                exchange,
                200,
                Map.of("access_token", "unused", "token_type", "Bearer", "expires_in", 300, "id_token", signed(all)));
    }

    private String signed(Map<String, Object> content) {
        try {
            String text = part(Map.of("alg", "RS256", "kid", "1")) + "." + part(content);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signing.getPrivate());
            signature.update(encoded(text));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Map<String, Object> publicKey() {
        RSAPublicKey key = (RSAPublicKey) published.getPublic();
        return Map.of(
                "kty", "RSA", "kid", "1", "n", unsigned(key.getModulus()), "e", unsigned(key.getPublicExponent()));
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String part(Map<String, Object> json) {
        return base64(encoded(JsonMapper.shared().writeValueAsString(json)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] encoded(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : encoded.split("&")) {
            String[] both = pair.split("=", 2);
            parameters.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> json) throws IOException {
        byte[] body = encoded(JsonMapper.shared().writeValueAsString(json));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Goes there as a browser is sent, and returns where it is sent on to. */
    URI pass(URI asked) throws IOException, InterruptedException {
        var answer = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(asked).build(),
                        java.net.http.HttpResponse.BodyHandlers.discarding());
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
