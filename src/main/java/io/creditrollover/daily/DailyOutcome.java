package io.creditrollover.daily;

import io.creditrollover.exit.ExitCode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results of all parts, in their order. */
public record DailyOutcome(List<Part> parts) {
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

    /** The gravest of the parts: 78, 65, 75, else 0. A wrong usage of a part is not the caller's: a person looks at it. */
    public ExitCode exitCode() {
        ExitCode gravest = codes().findFirst().orElse(ExitCode.OK);
        return gravest == ExitCode.USAGE ? ExitCode.REFUSED : gravest;
    }

    private Stream<ExitCode> codes() {
        return ExitCode.gravestFirst(parts.stream().map(Part::exitCode).toList());
    }

    /** Returns the failed parts in one sentence, the gravest first; null if all succeeded. */
    public @Nullable String error() {
        Stream<Part> failed = codes().flatMap(code -> parts.stream().filter(part -> part.exitCode() == code));
        String sentences = failed.map(part -> part.name() + ": " + Objects.requireNonNull(part.error()))
                .collect(Collectors.joining(" "));
        return sentences.isEmpty() ? null : sentences;
    }
}
