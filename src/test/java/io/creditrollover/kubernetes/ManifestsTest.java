package io.creditrollover.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster would be given. That each check can fail is shown by {@link PlantedMistakesTest}. */
class ManifestsTest {

    @ParameterizedTest
    @ValueSource(strings = {"base"})
    void rendersToWhatTheProgramPromises(String kustomization) {
        String rendered = Kubectl.render(Kubectl.MANIFESTS.resolve(kustomization));

        assertThat(Rules.faults(rendered)).isEmpty();
        assertThat(new Manifests(rendered).all(V1CronJob.class)).hasSize(1);
        assertThat(new Manifests(rendered).all(V1Deployment.class)).hasSize(1);
    }
}
