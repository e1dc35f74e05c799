package io.creditrollover.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is asked to stop, and who is not. */
class StopSignalTest {
    private final StopSignal whole = new StopSignal();

    @Test
    void whoStopsTheWholeStopsItsParts() throws InterruptedException {
        StopSignal part = whole.child();

        whole.request();

        assertThat(part.isRequested()).isTrue();
        assertThat(part.pause(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void aPartThatIsMadeTooLateIsStoppedFromTheStart() {
        whole.request();

        assertThat(whole.child().isRequested()).isTrue();
    }

    /** A range that failed ends the others; the mail about it is no part of that. */
    @Test
    void aPartThatStopsByItselfLeavesTheWholeAlone() throws InterruptedException {
        StopSignal other = whole.child();

        whole.child().request();

        assertThat(whole.isRequested()).isFalse();
        assertThat(other.pause(Duration.ZERO)).isFalse();
    }
}
