package io.creditrollover.remote;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.remote.ActiveRunQuery.Led;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

@Lazy
@Component
class WorkerSessions {
    private final ChannelFactory channels;
    private final Claims claims;
    private final RangeWork work;
    private final ActiveRunQuery watch;
    private final RolloverProperties properties;

    WorkerSessions(
            ChannelFactory channels,
            Claims claims,
            RangeWork work,
            ActiveRunQuery watch,
            RolloverProperties properties) {
        this.channels = channels;
        this.claims = claims;
        this.work = work;
        this.watch = watch;
        this.properties = properties;
    }

    /** Works until the run has ended, its manager is gone, or {@code signal} is raised. */
    WorkerReport work(Led run, String name, StopSignal signal) throws InterruptedException {
        WorkerSession shift = new WorkerSession(claims, work, name);
        try (ClaimHeartbeat life = new ClaimHeartbeat(claims, properties.lease().duration());
                PartitionChannel channel = channels.open(properties.effectiveThreads())) {
            channel.listen((range, claim) -> shift.receive(range, claim, life));
            try {
                shift.last(watch, run, channel, signal);
            } finally {
                shift.end();
            }
        }
        return shift.report(run, watch.check(run), signal);
    }
}
