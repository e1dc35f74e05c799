package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Thread-safe. Never filters a user out. */
public final class CandidateProcessor implements ItemProcessor<Candidate, DecidedUser> {
    private final RolloverPolicy policy;

    CandidateProcessor(RolloverPolicy policy) {
        this.policy = policy;
    }

    @Override
    public DecidedUser process(Candidate candidate) {
        return new DecidedUser(candidate.phoneNumber(), policy.decide(candidate.facts()));
    }
}
