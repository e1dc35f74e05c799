package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the admin API as another program does, and holds every answer against the OpenAPI description. */
final class ApiClient {
    private static final HttpClient HTTP = plain().build();

    private final HttpClient http;
    private final int port;
    private final String[] headers;

    ApiClient(int port, String... headers) {
        this(HTTP, port, headers);
    }

    private ApiClient(HttpClient http, int port, String... headers) {
        this.http = http;
        this.port = port;
        this.headers = headers;
    }

    private static HttpClient.Builder plain() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
    }

    /** Keeps cookies from now on, as a browser does. */
    ApiClient browsing() {
        CookieManager cookies = new CookieManager();
        cookies.setCookiePolicy(CookiePolicy.ACCEPT_ALL);
        return new ApiClient(plain().cookieHandler(cookies).build(), port, headers);
    }

    /** An answer. */
    record Answer(int status, String body, HttpResponse<String> response) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** All cookies that the server set. */
        List<String> cookies() {
            return response.headers().allValues("Set-Cookie");
        }

        /** What a form on this page has to send along. */
        String token() {
            return body.replaceAll("(?s).*?name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        }
    }

    ApiClient as(String username, String password) {
        String credentials = username + ":" + password;
        return with(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    ApiClient with(String header, String value) {
        String[] more = java.util.Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = header;
        more[headers.length + 1] = value;
        return new ApiClient(http, port, more);
    }

    /** Logs in on the login page; what comes back carries the session. */
    ApiClient loggedIn(String username, String password) {
        ApiClient browser = browsing();
        Answer in = browser.login(username, password);
        assertThat(in.header("Location")).doesNotContain("login");
        assertThat(in.cookies())
                .filteredOn(cookie -> cookie.startsWith("CREDIT_ROLLOVER="))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Lax");
        return browser;
    }

    /** Fills the login page in and sends it. */
    Answer login(String username, String password) {
        return postForm(
                "/login",
                "username=" + username + "&password=" + password.replace(" ", "+") + "&_csrf="
                        + get("/login").token());
    }

    HttpClient http() {
        return http;
    }

    Answer get(String path) {
        return send(path, request(path).GET().build());
    }

    Answer post(String path) {
        return send(path, request(path).POST(BodyPublishers.noBody()).build());
    }

    Answer post(String path, String json) {
        return send(
                path,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    Answer postForm(String path, String form) {
        return send(
                path,
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build());
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(3));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    Answer send(String path, HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            Answer answer = new Answer(response.statusCode(), response.body(), response);
            if (path.startsWith("/admin/")) {
                OpenApi.check(request.method(), path, answer);
            }
            return answer;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Asks until the run of an execution has come to its end. */
    JsonNode awaitEnd(String location) throws InterruptedException {
        while (true) {
            JsonNode run = get(location).json();
            if (!run.path("status").asString().equals("RUNNING")) {
                return run;
            }
            Thread.sleep(50);
        }
    }
}
