package io.creditrollover.run;

import static java.util.stream.Collectors.joining;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at completed runs a second time, in the caller's thread, under the lease of runs. */
@Component
public class SecondLookService {
    private final RolloverProperties properties;
    private final Readiness readiness;
    private final Leases leases;
    private final RunAdmission admission;
    private final LookWindow window;
    private final SecondLookRuns looks;

    SecondLookService(
            RolloverProperties properties,
            Readiness readiness,
            Leases leases,
            RunAdmission admission,
            LookWindow window,
            SecondLookRuns looks) {
        this.properties = properties;
        this.readiness = readiness;
        this.leases = leases;
        this.admission = admission;
        this.window = window;
        this.looks = looks;
    }

    /**
     * Looks at each run with an open window, or at that of a date. A failed run does not stop the others.
     *
     * @throws ExitException 64 if the run of the date is not completed, or its window is closed; 65 while an undo is
     *     unfinished; 75 while another process works
     */
    public SecondLookOutcome lookAtAllDue(SecondLookRequest request) throws InterruptedException {
        if (!properties.enabled()) {
            return SecondLookOutcome.nothing("rollover.enabled is false. Nothing was changed.", true);
        }
        readiness.forReading();
        LocalDate date = request.date() == null ? null : admission.date(request.date(), false);
        List<RolloverRun> due = window.due(date);
        if (due.isEmpty()) {
            return SecondLookOutcome.nothing(
                    "No completed run ended within the last "
                            + properties.secondLook().window() + " (rollover.second-look.window); nothing was done.",
                    false);
        }
        if (request.dryRun() || properties.dryRun()) {
            return outcome(due.stream().map(looks::wouldReinstate).toList(), List.of());
        }
        readiness.forLiveRun(request.requestedBy(), request.signal());
        try (HeldLease lease = leases.acquire(Leases.WRITER, request.requestedBy(), request.signal())) {
            return look(date, lease, request);
        }
    }

    /** Finds the runs again, now with the lease: another process may have undone one until now. */
    private SecondLookOutcome look(@Nullable LocalDate date, HeldLease lease, SecondLookRequest request) {
        FencingGuard guard = leases.guard(lease.token());
        admission.closeDeadReinstatement(guard);
        admission.refuseWhileUndoIsDead();
        List<RolloverRun> due = window.due(date);
        List<SecondLookOutcome.OneRun> done = new ArrayList<>();
        for (RolloverRun run : due) {
            if (request.signal().isRequested() || lease.isLost()) {
                break;
            }
            done.add(looks.reinstate(run, lease, guard, request));
        }
        if (done.isEmpty() && request.signal().isRequested()) {
            throw new ExitException(ExitCode.RETRY, "Stopped before the start. Nothing was changed.");
        }
        return outcome(done, due.subList(done.size(), due.size()));
    }

    /** A run that a stop left unseen makes it a retry, though each of the others is complete. */
    private static SecondLookOutcome outcome(List<SecondLookOutcome.OneRun> looks, List<RolloverRun> unseen) {
        List<RunOutcome> outcomes =
                looks.stream().map(SecondLookOutcome.OneRun::outcome).toList();
        List<ExitCode> codes = Stream.concat(
                        outcomes.stream().map(RunOutcome::exitCode),
                        unseen.stream().map(run -> ExitCode.RETRY))
                .toList();
        ExitCode gravest = ExitCode.gravestFirst(codes).findFirst().orElse(ExitCode.OK);
        String sentence = Stream.concat(
                        outcomes.stream().flatMap(o -> Stream.ofNullable(o.sentence())),
                        unseen.stream()
                                .map(run -> "Stopped before the second look at run " + run.id() + " of " + run.date()
                                        + ". Call it again."))
                .collect(joining(" "));
        return new SecondLookOutcome(looks, gravest, sentence, false);
    }
}
