package io.creditrollover.kubernetes;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The environment variables that Spring Boot understands, from the metadata in the jars on the class path. */
final class KnownVariables {
    /** Not Spring's: read by the Java launcher and by the C library. */
    private static final Set<String> OF_THE_SYSTEM = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "TZ");

    private final Set<String> names = new HashSet<>(OF_THE_SYSTEM);
    private final Set<String> prefixes = new HashSet<>();

    KnownVariables() {
        try {
            String metadata = "META-INF/spring-configuration-metadata.json";
            for (URL url : Collections.list(getClass().getClassLoader().getResources(metadata))) {
                read(url);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void read(URL url) throws IOException {
        try (Reader reader = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
            JsonArray properties =
                    JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("properties");
            for (JsonElement property : properties == null ? List.<JsonElement>of() : properties) {
                add(property.getAsJsonObject());
            }
        }
    }

    private void add(JsonObject property) {
        String name = property.get("name").getAsString();
        String variable = name.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
        names.add(variable);
        if (property.has("type") && property.get("type").getAsString().startsWith("java.util.Map<")) {
            prefixes.add(variable + "_");
        }
    }

    boolean accepts(String variable) {
        return names.contains(variable) || prefixes.stream().anyMatch(variable::startsWith);
    }
}
