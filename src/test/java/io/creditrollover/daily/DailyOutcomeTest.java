package io.creditrollover.daily;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.exit.ExitCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyOutcomeTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "OK OK, OK",
        "OK RETRY, RETRY",
        "RETRY REFUSED OK, REFUSED",
        "REFUSED CONFIGURATION RETRY, CONFIGURATION",
        "RETRY USAGE, REFUSED"
    })
    void endsWithTheGravestOfItsParts(String codes, ExitCode gravest) {
        List<DailyOutcome.Part> parts = Arrays.stream(codes.split(" "))
                .map(ExitCode::valueOf)
                .map(code -> new DailyOutcome.Part("a part", code, null, code == ExitCode.OK ? null : "No."))
                .toList();

        assertThat(new DailyOutcome(parts).exitCode()).isEqualTo(gravest);
    }
}
