package io.creditrollover.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check finds the mistake that it is there for. */
class PlantedMistakesTest {

    /** The first place of the right text becomes the wrong one; the fault found must say the rest. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            schedule: 0 2 1 * *                | schedule: 0 2 * * 1                 | schedule is 0 2 * * 1
            schedule: 0 2 1 * *                | schedule: 0 25 1 * *                | is no cron expression
            timeZone: Asia/Kolkata             | timeZone: Asia/Calcuta              | timeZone Asia/Calcuta does not exist
            timeZone: Asia/Kolkata             | timeZone: Etc/UTC                   | timeZone is Etc/UTC
            timeZone: Asia/Kolkata             | timezone: Asia/Kolkata              | `timezone`
            concurrencyPolicy: Forbid          | concurrencyPolicy: Allow            | concurrencyPolicy is Allow
            startingDeadlineSeconds: 172800    | startingDeadlineSeconds: 60         | startingDeadlineSeconds is 60
            startingDeadlineSeconds: 172800    | startingDeadlineSeconds: 259200     | startingDeadlineSeconds is 259200
            restartPolicy: Never               | restartPolicy: OnFailure            | restartPolicy is OnFailure
            podReplacementPolicy: Failed       | podReplacementPolicy: TerminatingOrFailed | podReplacementPolicy is
            backoffLimit: 20                   | backoffLimit: 0                     | backoffLimit is 0
            activeDeadlineSeconds: 21600       | activeDeadlineSeconds: 216          | activeDeadlineSeconds is 216
            - action: Ignore                   | - action: Count                     | must Ignore DisruptionTarget
            - 78                               | - 75                                | FailJob on the exit codes
            operator: In                       | operator: NotIn                     | FailJob on the exit codes
            terminationGracePeriodSeconds: 60  | terminationGracePeriodSeconds: 30   | terminationGracePeriodSeconds is 30
            enableServiceLinks: false          | enableServiceLinks: true            | enableServiceLinks is true
            automountServiceAccountToken: false | automountServiceAccountToken: true | automountServiceAccountToken is true
            """)
    void isFound(String right, String wrong, String fault) {
        String rendered = Kubectl.render(Kubectl.MANIFESTS.resolve("base"));
        assertThat(rendered).contains(right);

        assertThat(Rules.faults(rendered.replace(right, wrong)))
                .anySatisfy(found -> assertThat(found).contains(fault));
    }
}
