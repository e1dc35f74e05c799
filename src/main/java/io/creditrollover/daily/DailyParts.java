package io.creditrollover.daily;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.notice.NoticeService;
import io.creditrollover.notice.NotifyOutcome;
import io.creditrollover.notice.NotifyRequest;
import io.creditrollover.notify.OutboxDispatcher;
import io.creditrollover.people.DeletedUsers;
import io.creditrollover.people.RetentionService;
import io.creditrollover.run.SecondLookOutcome;
import io.creditrollover.run.SecondLookRequest;
import io.creditrollover.run.SecondLookService;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The parts and their order: decide first, then tell, then delete. */
@Component
class DailyParts {
    private final SecondLookService secondLook;
    private final NoticeService notices;
    private final OutboxDispatcher outbox;
    private final DeletedUsers deletedUsers;
    private final RetentionService retention;

    DailyParts(
            SecondLookService secondLook,
            NoticeService notices,
            OutboxDispatcher outbox,
            DeletedUsers deletedUsers,
            RetentionService retention) {
        this.secondLook = secondLook;
        this.notices = notices;
        this.outbox = outbox;
        this.deletedUsers = deletedUsers;
        this.retention = retention;
    }

    List<DailyPart> inOrder() {
        return List.of(
                new DailyPart("second-look", false, this::lookAgain),
                new DailyPart("notices", false, this::tell),
                new DailyPart("deliveries", true, this::deliver),
                new DailyPart("erasure", true, this::erase),
                new DailyPart("retention", true, this::delete));
    }

    private @Nullable String lookAgain(DailyRequest request) throws InterruptedException {
        SecondLookOutcome outcome = secondLook.lookAtAllDue(new SecondLookRequest(
                null, request.dryRun(), request.requestedBy(), request.signal(), request.progress()));
        if (outcome.exitCode() != ExitCode.OK) {
            throw new ExitException(outcome.exitCode(), outcome.sentence());
        }
        return outcome.sentence();
    }

    private @Nullable String tell(DailyRequest request) throws InterruptedException {
        NotifyOutcome outcome =
                notices.notifyDue(new NotifyRequest(null, request.dryRun(), request.requestedBy(), request.signal()));
        if (outcome.exitCode() != ExitCode.OK) {
            throw new ExitException(outcome.exitCode(), outcome.message());
        }
        return outcome.isNothing() ? null : outcome.message();
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

    /** Follows users deleted by the host. */
    private @Nullable String erase(DailyRequest request) {
        if (request.dryRun()) {
            return null;
        }
        DeletedUsers.Followed followed = deletedUsers.follow(request.requestedBy(), request.signal());
        return followed.users() == 0 ? null : "Phone numbers of " + followed.users() + " deleted users erased.";
    }

    private @Nullable String delete(DailyRequest request) {
        if (request.dryRun()) {
            return null;
        }
        RetentionService.Deleted deleted = retention.delete(request.requestedBy(), request.signal());
        long rows = deleted.dryRunDecisions()
                + deleted.audit()
                + deleted.mails()
                + deleted.notices()
                + deleted.idempotencyKeys();
        return rows == 0 ? null : rows + " old rows deleted.";
    }
}
