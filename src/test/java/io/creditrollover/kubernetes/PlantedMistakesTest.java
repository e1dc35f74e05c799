package io.creditrollover.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check finds the mistake that it is there for. */
class PlantedMistakesTest {
    private static final Path PRODUCTION = Kubectl.MANIFESTS.resolve("overlays/production");

    /** Wherever the right text stands it becomes the wrong one; one of the faults found must say the rest. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            schedule: 0 2 1 * *                 | schedule: 0 2 * * 1                     | schedule is 0 2 * * 1
            schedule: 0 2 1 * *                 | schedule: 0 25 1 * *                    | is no cron expression
            timeZone: Asia/Kolkata              | timeZone: Asia/Calcuta                  | timeZone Asia/Calcuta does not exist
            timeZone: Asia/Kolkata              | timeZone: Etc/UTC                       | timeZone is Etc/UTC
            timeZone: Asia/Kolkata              | timezone: Asia/Kolkata                  | `timezone`
            concurrencyPolicy: Forbid           | concurrencyPolicy: Allow                | concurrencyPolicy is Allow
            startingDeadlineSeconds: 172800     | startingDeadlineSeconds: 60             | startingDeadlineSeconds is 60
            startingDeadlineSeconds: 172800     | startingDeadlineSeconds: 259200         | startingDeadlineSeconds is 259200
            failedJobsHistoryLimit: 3           | suspend: false                          | history limits
            restartPolicy: Never                | restartPolicy: OnFailure                | restartPolicy is OnFailure
            podReplacementPolicy: Failed        | podReplacementPolicy: TerminatingOrFailed | podReplacementPolicy is
            backoffLimit: 20                    | backoffLimit: 0                         | backoffLimit is 0
            activeDeadlineSeconds: 21600        | activeDeadlineSeconds: 216              | activeDeadlineSeconds is 216
            - action: Ignore                    | - action: Count                         | must Ignore DisruptionTarget
            - 78                                | - 75                                    | FailJob on the exit codes
            operator: In                        | operator: NotIn                         | FailJob on the exit codes
            terminationGracePeriodSeconds: 60   | terminationGracePeriodSeconds: 30       | terminationGracePeriodSeconds is 30
            enableServiceLinks: false           | enableServiceLinks: true                | enableServiceLinks is true
            automountServiceAccountToken: false | automountServiceAccountToken: true      | automountServiceAccountToken is true
            hostNetwork: false                  | hostNetwork: true                       | hostNetwork is true
            hostPID: false                      | hostPID: true                           | hostPID is true
            hostIPC: false                      | hostIPC: true                           | hostIPC is true
            runAsNonRoot: true                  | runAsNonRoot: false                     | runAsNonRoot is false
            runAsUser: 10001                    | runAsUser: 0                            | runAsUser is 0
            type: RuntimeDefault                | type: Unconfined                        | seccompProfile
            privileged: false                   | privileged: true                        | privileged is true
            allowPrivilegeEscalation: false     | allowPrivilegeEscalation: true          | allowPrivilegeEscalation is true
            readOnlyRootFilesystem: true        | readOnlyRootFilesystem: false           | readOnlyRootFilesystem is false
            - ALL                               | - NET_RAW                               | drop ALL capabilities
            mountPath: /tmp                     | mountPath: /temp                        | needs a writable /tmp
            mountPath: /backup                  | mountPath: /backups                     | nothing is mounted at ROLLOVER_BACKUP_DIRECTORY
            memory: 512Mi                       | ephemeral-storage: 512Mi                | limits must name memory
            hostIPC: false                      | hostPID: true                           | duplicate key hostPID
            ROLLOVER_ENABLED                    | ROLLOVER_ENABLE                         | ROLLOVER_ENABLE is unknown
            SPRING_DATASOURCE_URL               | SPRING_DATASOURCE_URI                   | SPRING_DATASOURCE_URI is a variable nobody reads
            ROLLOVER_ZONE: Asia/Kolkata         | ROLLOVER_ZONE: Asia/Calcuta             | Calcuta
            SPRING_MAIL_HOST: smtp              | SPRING_MAIL_PASSWORD: smtp              | SPRING_MAIL_PASSWORD belongs in a Secret
            jdbc:postgresql://pgbouncer         | jdbc:postgresql://me:secret@pgbouncer   | SPRING_DATASOURCE_URL holds a password
            name: credit-rollover-mail          | name: credit-rollover-database          | secrets is
            key: password                       | optional: true                          | is not valid
            claimName: credit-rollover-backup   | claimName: credit-rollover-backups      | there is no claim
            serviceAccountName: credit-rollover | serviceAccountName: default             | there is no ServiceAccount default
            type: ClusterIP                     | type: LoadBalancer                      | type is LoadBalancer
            port: 6432                          | port: 6433                              | SPRING_DATASOURCE_URL goes to port 6432, which egress closes
            port: 587                           | port: 25                                | SPRING_MAIL_PORT goes to port 587, which egress closes
            port: 53                            | port: 443                               | egress is open for
            - Egress                            | - Ingress                               | no policy closes ingress and egress
            health/liveness                     | health/readiness                        | livenessProbe must ask
            containerPort: 8080                 | containerPort: 8082                     | must offer port 8080
            containerPort: 8081                 | containerPort: 8082                     | must offer port 8081
            value: "8081"                       | value: "8082"                           | MANAGEMENT_SERVER_PORT must be 8081
            port: management                    | port: http                              | at port management
            targetPort: http                    | targetPort: https                       | targetPort is https
            maxUnavailable: 1                   | minAvailable: 1                         | maxUnavailable must be 1
            kind: ServiceAccount                | kind: Secret                            | v1/Secret credit-rollover is of a kind that is not expected
            """)
    void isFound(String right, String wrong, String fault) {
        String rendered = Kubectl.render(PRODUCTION);
        assertThat(rendered).contains(right);

        assertThat(Rules.faults(rendered.replace(right, wrong)))
                .anySatisfy(found -> assertThat(found).contains(fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            port: 9091                        | port: 9092                   | PUSHGATEWAY_ADDRESS goes to port 9091, which egress closes
            pushgateway.monitoring.svc:9091   | pushgateway.monitoring:5432  | egress is open for port 9091, where nothing is configured to go
            PUSHGATEWAY_ADDRESS               | PUSHGATEWAY_ADRESS           | PUSHGATEWAY_ADRESS is a variable nobody reads
            credit_rollover_month_overdue     | credit_rollover_month_late   | differs from the rules that are tested
            path: /actuator/prometheus        | path: /metrics               | path is /metrics
            ROLLOVER_ADMIN_VIEWERUSERNAME     | ROLLOVER_ADMIN_VIEWER_NAME   | ROLLOVER_ADMIN_VIEWER_NAME is unknown
            name: credit-rollover-viewer      | name: credit-rollover-admin  | secrets is
            """)
    void isFoundInWhatPrometheusGets(String right, String wrong, String fault) {
        String rendered = Kubectl.render(Kubectl.MANIFESTS.resolve("overlays/production-monitored"));
        assertThat(rendered).contains(right);

        assertThat(Rules.faults(rendered.replace(right, wrong)))
                .anySatisfy(found -> assertThat(found).contains(fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            port: 443                     | port: 587                       | egress is closed for port 443, and webhooks or a chat are configured
            ROLLOVER_WEBHOOKS_CRM_SECRET  | ROLLOVER_WEBHOOKS_CRM_SECRETS   | ROLLOVER_WEBHOOKS_CRM_SECRETS is unknown
            key: chat-url                 | key: crm-url                    | secrets is
            """)
    void isFoundWhereWebhooksAreConfigured(String right, String wrong, String fault) {
        String rendered = Kubectl.render(Kubectl.MANIFESTS.resolve("overlays/production-webhooks"));
        assertThat(rendered).contains(right);

        assertThat(Rules.faults(rendered.replace(right, wrong)))
                .anySatisfy(found -> assertThat(found).contains(fault));
    }

    @Test
    void httpsThatNothingNeedsIsFound() {
        String rendered = Kubectl.render(Kubectl.MANIFESTS.resolve("overlays/production"));

        assertThat(Rules.faults(rendered.replace("port: 587", "port: 443")))
                .anySatisfy(found -> assertThat(found).contains("egress is open for port 443"));
    }

    /** An older kubectl refuses it, a newer one renders it without a word. */
    @Test
    void aPatchWithAMistypedTargetIsFound() {
        Path mistyped = Path.of("src/test/resources/kubernetes/mistyped-target");
        String rendered;
        try {
            rendered = Kubectl.render(mistyped);
        } catch (AssertionError refused) {
            assertThat(refused).hasMessageContaining("credit-rolover");
            return;
        }

        assertThat(PatchRules.faults(mistyped, new Manifests(rendered)))
                .containsExactly("backup.yaml patches CronJob credit-rolover, which is not there");
    }

    @Test
    void aPatchThatLeftNoTraceIsFound() {
        String rendered = Kubectl.render(PRODUCTION).replace("replicas: 2", "replicas: 1");

        assertThat(PatchRules.faults(PRODUCTION, new Manifests(rendered)))
                .containsExactly("console.yaml: Deployment credit-rollover-console/spec/replicas is 1, must be 2");
    }

    @Test
    void aMergeThatLeftNoTraceAndAForeignImageAreFound() {
        String rendered = Kubectl.render(PRODUCTION)
                .replace("billing@example.com", "nobody@example.com")
                .replace("image: registry.example.com/credit-rollover:1.0.0", "image: credit-rollover")
                .replace("namespace: credit-rollover", "namespace: default");

        assertThat(PatchRules.faults(PRODUCTION, new Manifests(rendered)))
                .anySatisfy(found -> assertThat(found).contains("ROLLOVER_NOTIFICATION_EMAIL is nobody@example.com"))
                .anySatisfy(found -> assertThat(found).contains("image is credit-rollover, must be"))
                .anySatisfy(found -> assertThat(found).contains("namespace is default"));
    }

    @Test
    void whatCannotBeRenderedFails() {
        assertThatThrownBy(() -> Kubectl.render(Path.of("k8s/nowhere")))
                .satisfies(thrown -> assertThat(thrown.getMessage()).contains("kubectl"));
    }
}
