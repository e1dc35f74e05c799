package io.creditrollover.remote;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.remote.RunWatch.Led;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** A worker's time on one run. */
@Lazy
@Component
class Shifts {
    private final Channels channels;
    private final Claims claims;
    private final RangeWork work;
    private final RunWatch watch;
    private final RolloverProperties properties;

    Shifts(Channels channels, Claims claims, RangeWork work, RunWatch watch, RolloverProperties properties) {
        this.channels = channels;
        this.claims = claims;
        this.work = work;
        this.watch = watch;
        this.properties = properties;
    }

    /** Works until the run has ended, nobody leads it any more, or {@code signal} asks to stop. */
    WorkerReport work(Led run, String name, StopSignal signal) throws InterruptedException {
        Shift shift = new Shift(claims, work, name);
        try (SignsOfLife life = new SignsOfLife(claims, properties.lease().duration());
                PartitionChannel channel = channels.open(properties.effectiveThreads())) {
            channel.listen((range, claim) -> shift.receive(range, claim, life));
            try {
                shift.last(watch, run, channel, signal);
            } finally {
                shift.end();
            }
        }
        return shift.report(run, watch.look(run), signal);
    }
}
