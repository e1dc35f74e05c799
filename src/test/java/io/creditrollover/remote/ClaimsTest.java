package io.creditrollover.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.remote.Offers.Offered;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A range has one worker that can commit, whoever else believes to have it. */
class ClaimsTest {
    private static final long RANGE = 7;
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final TestApplication product =
            TestApplication.on(TestDatabase.migrated(), "rollover.lease.duration=PT20S");
    private final Claims claims = product.bean(Claims.class);
    private final TransactionTemplate transaction = product.bean(TransactionTemplate.class);
    private PartitionChannel channel;
    private HeldLease lease;
    private Offers offers;

    @BeforeEach
    void offerARange() throws Exception {
        Leases leases = product.bean(Leases.class);
        lease = leases.acquire(Leases.WRITER, "a test", new StopSignal());
        channel = product.bean(ChannelFactory.class).open(1);
        FencingGuard guard = leases.guard(lease.token());
        offers = new Offers(product.bean(JdbcClient.class), transaction, channel, guard);
        offers.open(1, List.of(RANGE));
    }

    @AfterEach
    void end() {
        channel.close();
        lease.close();
        product.close();
    }

    @Test
    void oneWorkerTakesAnOffer() {
        assertThat(claims.take(RANGE, 1, "one")).isPresent();
        assertThat(claims.take(RANGE, 1, "two")).isEmpty();
    }

    @Test
    void whoHasAnOlderNumberCommitsNothing() {
        Claim old = claims.take(RANGE, 1, "old").orElseThrow();
        offers.reoffer(range());
        Claim next = claims.take(RANGE, 2, "next").orElseThrow();

        assertThatThrownBy(() -> inChunk(old)).isInstanceOf(Claims.ClaimLostException.class);
        assertThat(claims.done(old)).isFalse();
        assertThat(claims.giveBack(old, "too late")).isFalse();
        assertThat(claims.take(RANGE, 1, "old")).isEmpty();
        assertThatNoException().isThrownBy(() -> inChunk(next));
        assertThat(claims.done(next)).isTrue();
    }

    @Test
    void aRangeGoesToNobodyElseWhileAChunkIsOpen() {
        Claim claim = claims.take(RANGE, 1, "is running").orElseThrow();
        Offered range = range();

        transaction.executeWithoutResult(chunk -> {
            claims.requireInForce(claim);
            var other = new TransactionTemplate(transaction.getTransactionManager());
            other.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
            assertThatThrownBy(() -> other.executeWithoutResult(status -> offers.reoffer(range)))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("lock timeout");
        });

        assertThat(claims.done(claim)).isTrue();
    }

    @Test
    void aRangeThatWasDoneJustInTimeIsNotOfferedAnew() {
        Claim claim = claims.take(RANGE, 1, "slow").orElseThrow();
        Offered range = range();
        claims.done(claim);

        offers.reoffer(range);

        assertThat(range().state()).isEqualTo(Offers.State.DONE);
        assertThat(range().claim()).isEqualTo(1);
    }

    @Test
    void nobodyCommitsOrTakesAnythingOnceTheLeaseIsGivenBack() {
        Claim claim = claims.take(RANGE, 1, "is running").orElseThrow();

        lease.close();

        assertThatThrownBy(() -> inChunk(claim)).isInstanceOf(Claims.ClaimLostException.class);
        claims.giveBack(claim, null);
        assertThat(claims.take(RANGE, 1, "another")).isEmpty();
    }

    private void inChunk(Claim claim) {
        transaction.executeWithoutResult(chunk -> claims.requireInForce(claim));
    }

    private Offered range() {
        return offers.look(SILENCE).get(0);
    }
}
