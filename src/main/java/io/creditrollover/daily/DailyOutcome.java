package io.creditrollover.daily;

import io.creditrollover.exit.ExitCode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results of all parts, in their order. */
public record DailyOutcome(List<Part> parts) {
    /** The gravest first. A wrong usage of a part is not the caller's: a person looks at it. */
    private static final List<ExitCode> BY_GRAVITY =
            List.of(ExitCode.CONFIGURATION, ExitCode.REFUSED, ExitCode.USAGE, ExitCode.RETRY);

    /**
     * The result of one part.
     *
     * @param result a sentence; null if nothing was due, or with an error
     * @param error one sentence; null if the exit code is 0
     */
    public record Part(
            String name,
            ExitCode exitCode,
            @Nullable String result,
            @Nullable String error) {}

    /** The gravest of the parts: 78, 65, 75, else 0. */
    public ExitCode exitCode() {
        ExitCode gravest = BY_GRAVITY.stream()
                .filter(code -> parts.stream().anyMatch(part -> part.exitCode() == code))
                .findFirst()
                .orElse(ExitCode.OK);
        return gravest == ExitCode.USAGE ? ExitCode.REFUSED : gravest;
    }

    /** Returns the failed parts in one sentence, the gravest first; null if all succeeded. */
    public @Nullable String error() {
        Stream<Part> failed =
                BY_GRAVITY.stream().flatMap(code -> parts.stream().filter(part -> part.exitCode() == code));
        String sentences = failed.map(part -> part.name() + ": " + Objects.requireNonNull(part.error()))
                .collect(Collectors.joining(" "));
        return sentences.isEmpty() ? null : sentences;
    }
}
