package io.creditrollover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StructuredLogTest {
    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void onePropertyMakesEachLineOfTheLogAJsonObjectAndTheAnswerStaysAlone() throws Exception {
        HostFixture.in(database).aPayingUser();
        Map<String, String> environment = Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");

        try (ProductProcess process =
                ProductProcess.start(database, environment, "run", "--approve=a test", "--json")) {
            assertThat(process.await()).as(process.err()).isZero();
            assertThat(process.err().lines()).isNotEmpty().allSatisfy(line -> assertThat(
                            JsonMapper.shared().readTree(line).get("message").asString())
                    .isNotBlank());
            assertThat(process.out().lines()).hasSize(1);
        }
    }
}
