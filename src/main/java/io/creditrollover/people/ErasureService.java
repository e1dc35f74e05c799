package io.creditrollover.people;

import io.creditrollover.backup.HeldBackups;
import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.Readiness;
import io.creditrollover.run.Users;
import io.creditrollover.schema.OwnRights;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Erases the phone numbers of one person. Amounts and decisions remain. A repeated call changes nothing. */
@Component
public class ErasureService {
    private final RolloverProperties properties;
    private final Readiness readiness;
    private final OwnRights rights;
    private final Users users;
    private final PhoneNumbers numbers;
    private final ErasureAudit audit;
    private final HeldBackups.Reader backups;
    private final TransactionTemplate transaction;

    ErasureService(
            RolloverProperties properties,
            Readiness readiness,
            OwnRights rights,
            Users users,
            PhoneNumbers numbers,
            ErasureAudit audit,
            HeldBackups.Reader backups,
            TransactionTemplate transaction) {
        this.properties = properties;
        this.readiness = readiness;
        this.rights = rights;
        this.users = users;
        this.numbers = numbers;
        this.audit = audit;
        this.backups = backups;
        this.transaction = transaction;
    }

    /**
     * Erases all numbers that the user has or had, in all rows, other users' too. Writes the audit in the same
     * transaction.
     *
     * @throws ExitException 64 for an unknown user, or while {@code rollover.dry-run} is true; 75 if a chunk of a run
     *     takes too long; 78 naming a missing grant
     */
    public Erasure erase(ErasureRequest request) {
        if (properties.dryRun()) {
            throw new ExitException(ExitCode.USAGE, "rollover.dry-run is true, so nothing is erased.");
        }
        readiness.forReading();
        rights.requireForErasing();
        Users.Recorded user = users.findRecorded(request.user());
        PhoneNumbers.Found found = numbers.of(user.id());
        List<Long> others = found.isShared() ? List.of() : found.otherUsers();
        PhoneNumbers.Erased erased = Objects.requireNonNull(
                transaction.execute(status -> erase(user.id(), found.numbers(), others, request)));
        return new Erasure(
                user.id(),
                erased.events(),
                erased.dryRunDecisions(),
                erased.notices(),
                others.size(),
                found.isShared(),
                user.present(),
                backups.read());
    }

    private PhoneNumbers.Erased erase(long userId, List<String> found, List<Long> others, ErasureRequest request) {
        numbers.blockChunks();
        long intent = audit.intend(request.requestedBy(), "erase", "user " + userId, request.reason());
        PhoneNumbers.Erased erased = numbers.erase(List.of(userId)).plus(numbers.erase(others, found));
        audit.outcome(intent, !erased.isNothing(), erased.isNothing() ? "nothing to erase" : erased.sentence());
        return erased;
    }
}
