package io.creditrollover.people;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Readiness;
import io.creditrollover.run.Snapshots;
import io.creditrollover.schema.OwnRights;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases the numbers of users deleted by the host.
 *
 * <p>The host announces no deletion, so it searches: at most 200,000 ids a call, from a stored position, then on from the
 * first id. A host with fewer users is searched completely by each call. With more, each deletion is found within users /
 * 200,000 calls. A call without a find costs two index lookups for each id and one small update for each page, however
 * many months there are. It needs no further index, which would slow down each run.
 */
@Component
public class DeletedUsers {
    static final int MAX_EXAMINED = 200_000;

    /** Chunks wait for this transaction. */
    private static final int ERASED_AT_A_TIME = 100;

    private final Readiness readiness;
    private final OwnRights rights;
    private final PhoneNumbers numbers;
    private final Positions positions;
    private final ErasureAudit audit;
    private final Snapshots snapshots;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    DeletedUsers(
            Readiness readiness,
            OwnRights rights,
            PhoneNumbers numbers,
            Positions positions,
            ErasureAudit audit,
            Snapshots snapshots,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.readiness = readiness;
        this.rights = rights;
        this.numbers = numbers;
        this.positions = positions;
        this.audit = audit;
        this.snapshots = snapshots;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * The result of a call.
     *
     * @param examined ids, and decisions of dry runs
     * @param users deleted users whose numbers were erased
     */
    public record Followed(long examined, long users, long events, long dryRunDecisions) {
        Followed plus(long moreExamined, long moreUsers, PhoneNumbers.Erased erased) {
            return new Followed(
                    examined + moreExamined,
                    users + moreUsers,
                    events + erased.events(),
                    dryRunDecisions + erased.dryRunDecisions());
        }
    }

    /**
     * Searches and erases. Killed or stopped, the next call continues.
     *
     * @throws ExitException 65 if the host has no user at all; 75 if a chunk of a run takes too long; 78 naming a
     *     missing grant
     */
    public Followed follow(String actor, StopSignal signal) {
        return follow(actor, signal, MAX_EXAMINED);
    }

    Followed follow(String actor, StopSignal signal, int maxExamined) {
        readiness.forReading();
        rights.requireForErasing();
        Followed all = new Followed(0, 0, 0, 0);
        for (Search search : Search.values()) {
            all = follow(search, actor, signal, maxExamined, all);
        }
        return all;
    }

    private Followed follow(Search search, String actor, StopSignal signal, int maxExamined, Followed before) {
        Position start = positions.of(search.positionName());
        Position from = start;
        boolean wrapped = start.equals(Position.START);
        Followed all = before;
        while (all.examined() - before.examined() < maxExamined && !signal.isRequested()) {
            Position here = from;
            Search.Page page = snapshots.read(() -> search.page(jdbc, here));
            all = erase(search, page, actor, all.plus(page.examined(), 0, new PhoneNumbers.Erased(0, 0, 0)));
            from = page.next();
            boolean atEnd = from.equals(Position.START);
            if ((atEnd && wrapped) || (wrapped && !from.isBefore(start) && !start.equals(Position.START))) {
                break;
            }
            wrapped |= atEnd;
        }
        return all;
    }

    /** Saves the position after the page's last erasure. */
    private Followed erase(Search search, Search.Page page, String actor, Followed before) {
        Followed all = before;
        if (!page.users().isEmpty()) {
            requireUsers();
        }
        for (int i = 0; i < page.users().size(); i += ERASED_AT_A_TIME) {
            List<Long> some = page.users().subList(i, Math.min(page.users().size(), i + ERASED_AT_A_TIME));
            all = all.plus(0, some.size(), erase(some, actor));
        }
        positions.save(search.positionName(), page.next());
        return all;
    }

    private PhoneNumbers.Erased erase(List<Long> users, String actor) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> {
            numbers.blockChunks();
            long intent = audit.intend(actor, "erase", users.size() + " users deleted by the application", null);
            PhoneNumbers.Erased erased = numbers.eraseDeleted(users);
            audit.outcome(intent, !erased.isNothing(), erased.sentence() + " of the users " + users);
            return erased;
        }));
    }

    /** An empty table is more often a mistake, such as a restore at work, than a host without users. */
    private void requireUsers() {
        boolean any = jdbc.sql("select exists (select from users)")
                .query(Boolean.class)
                .single();
        if (!any) {
            throw new ExitException(
                    ExitCode.REFUSED,
                    "The table users has no row, so no user counts as deleted and no phone number was erased. If the"
                            + " application has really deleted all users, erase each with the command erase.");
        }
    }
}
