package io.creditrollover.daily;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.notify.OutboxDispatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The parts and their order: decide first, then tell, then delete. */
@Component
class DailyParts {
    private final OutboxDispatcher outbox;

    DailyParts(OutboxDispatcher outbox) {
        this.outbox = outbox;
    }

    List<DailyPart> inOrder() {
        return List.of(new DailyPart("deliveries", true, this::deliver));
    }

    private @Nullable String deliver(DailyRequest request) {
        if (request.dryRun()) {
            return null;
        }
        OutboxDispatcher.Round round = outbox.deliverDue(request.signal());
        if (!round.error().isEmpty()) {
            throw new ExitException(
                    round.refused() ? ExitCode.REFUSED : ExitCode.RETRY, "A mail was not sent: " + round.error());
        }
        return round.sent() == 0 ? null : round.sent() + " mails sent.";
    }
}
