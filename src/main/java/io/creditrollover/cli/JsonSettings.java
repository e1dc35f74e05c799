package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requires {@code SPRING_APPLICATION_JSON} to be a JSON object. Spring would print about sixty lines to standard
 * output, before its log is set up. Never shows the value: it may contain a password.
 */
final class JsonSettings {
    private static final String OPTION = "--spring.application.json=";

    private JsonSettings() {}

    static void check(String... settings) {
        Stream<@Nullable String> given = Stream.concat(
                Stream.of(System.getenv("SPRING_APPLICATION_JSON"), System.getProperty("spring.application.json")),
                Stream.of(settings).filter(s -> s.startsWith(OPTION)).map(s -> s.substring(OPTION.length())));
        given.filter(Objects::nonNull).map(Objects::requireNonNull).forEach(JsonSettings::checkOne);
    }

    private static void checkOne(String json) {
        if (json.isBlank()) {
            return;
        }
        try {
            JsonNode node = JsonMapper.shared().readTree(json);
            if (!node.isObject()) {
                throw wrong("it is not an object", null);
            }
        } catch (JacksonException malformed) {
            throw wrong(
                    "line " + malformed.getLocation().getLineNr() + ", column "
                            + malformed.getLocation().getColumnNr(),
                    malformed);
        }
    }

    private static ExitException wrong(String where, @Nullable Throwable cause) {
        String sentence = "SPRING_APPLICATION_JSON is not a JSON object (" + where
                + "). Use a form such as {\"rollover\": {\"plans\": {\"monthly\": {\"eligible\": true}}}}.";
        return cause == null
                ? new ExitException(ExitCode.CONFIGURATION, sentence)
                : new ExitException(ExitCode.CONFIGURATION, sentence, cause);
    }
}
