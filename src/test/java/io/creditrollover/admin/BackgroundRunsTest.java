package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import org.junit.jupiter.api.Test;

class BackgroundRunsTest {
    @Test
    void anAttemptThatEndsWithAnErrorOfTheMachineLeavesItsPlaceToAnother() {
        try (TestApplication server = ConsoleServer.start(TestDatabase.migrated())) {
            BackgroundRuns runs = server.bean(BackgroundRuns.class);
            for (int attempt = 1; attempt <= 20; attempt++) {
                assertThatThrownBy(() -> runs.begin(
                                false,
                                (signal, progress) -> {
                                    throw new OutOfMemoryError("no memory");
                                },
                                outcome -> {}))
                        .as("attempt " + attempt)
                        .hasRootCauseInstanceOf(OutOfMemoryError.class);
            }
        }
    }
}
