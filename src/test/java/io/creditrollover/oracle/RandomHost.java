package io.creditrollover.oracle;

import io.creditrollover.oracle.OracleVerdict.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A host full of awkward users: their payments lie on the boundaries of the given rules, one microsecond before and
 * after them, tie with each other, have no date, no status, unknown plans. Everything follows from the seed.
 */
public final class RandomHost {

    private final RandomSetup setup;
    private final List<OracleUser> users;
    private final List<OraclePayment> payments;

    private RandomHost(RandomSetup setup, List<OracleUser> users, List<OraclePayment> payments) {
        this.setup = setup;
        this.users = Collections.unmodifiableList(users);
        this.payments = Collections.unmodifiableList(payments);
    }

    public static Builder with(long seed, OracleRules rules, Instant now) {
        return new Builder(seed, rules, now);
    }

    /** In the order of their ids. */
    public List<OracleUser> users() {
        return users;
    }

    /** In the order of their ids, which is not the order of their dates. Some belong to no user. */
    public List<OraclePayment> payments() {
        return payments;
    }

    public OracleHost toOracleHost() {
        return OracleHost.of(users, payments);
    }

    /**
     * Inserts all users and payments, ids included, in an order that is not that of the ids, and moves the identity
     * sequences behind them. The caller commits.
     */
    public void insertInto(Connection connection) throws SQLException {
        RandomHostTables.insert(connection, setup, users, payments);
    }

    /** Adds to payment_plans what the rules know and the table lacks. It removes nothing. */
    public void insertPlansInto(Connection connection) throws SQLException {
        RandomHostTables.insertPlans(connection, setup.rules());
    }

    /**
     * Alters the demo's tables to what {@link Builder#nullableColumns} and {@link Builder#bigintColumns} make: ids and
     * balances bigint, phone numbers of any length, no column of a payment not null.
     */
    public static void loosenTables(Connection connection) throws SQLException {
        RandomHostTables.loosen(connection);
    }

    /** Says what to make, and makes it. */
    public static final class Builder {

        private final long seed;
        private final OracleRules rules;
        private final Instant now;
        private int userCount = 1_000;
        private double adversarialShare = 1;
        private Duration clockMargin = Duration.ZERO;
        private boolean withoutDoubt;
        private boolean strayPhones;
        private boolean nullableColumns;
        private boolean bigintColumns;
        private long nextUserId = 1;
        private long nextPaymentId = 1;

        private Builder(long seed, OracleRules rules, Instant now) {
            this.seed = seed;
            this.rules = rules;
            this.now = now.truncatedTo(ChronoUnit.MICROS);
        }

        public Builder users(int count) {
            this.userCount = count;
            return this;
        }

        /** Most users are ordinary, and only this share of them (0 to 1) adversarial. Without it all are. */
        public Builder believable(double share) {
            this.adversarialShare = share;
            return this;
        }

        /**
         * For hosts that are judged by a clock which moves on: nothing is dated so that a verdict changes while the
         * clock goes from {@code now} to this much later. It must be shorter than the pending grace.
         */
        public Builder clockMargin(Duration margin) {
            this.clockMargin = margin;
            return this;
        }

        /** Users that would be skipped or postponed are drawn again. */
        public Builder withoutDoubt() {
            this.withoutDoubt = true;
            return this;
        }

        /** One payment in ten carries the phone number of somebody else: user_id is what counts. */
        public Builder strayPhones() {
            this.strayPhones = true;
            return this;
        }

        /** Also nulls where the demo's tables allow none: credits_added, plan_type, user_id, phone numbers. */
        public Builder nullableColumns() {
            this.nullableColumns = true;
            return this;
        }

        /** Also balances above 32 bits. Ids above 32 bits are for {@link #firstIds}. */
        public Builder bigintColumns() {
            this.bigintColumns = true;
            return this;
        }

        public Builder firstIds(long firstUserId, long firstPaymentId) {
            this.nextUserId = firstUserId;
            this.nextPaymentId = firstPaymentId;
            return this;
        }

        public RandomHost build() {
            if (clockMargin.isNegative()
                    || (!clockMargin.isZero() && clockMargin.compareTo(rules.pendingGrace()) >= 0)) {
                throw new IllegalArgumentException("clock margin " + clockMargin);
            }
            RandomSetup setup =
                    new RandomSetup(seed, rules, now, clockMargin, strayPhones, nullableColumns, bigintColumns);
            Random random = new Random(seed);
            RandomAdversary adversaries = new RandomAdversary(setup, random);
            RandomCustomer customers = new RandomCustomer(setup, random);
            List<OracleUser> users = new ArrayList<>();
            List<OraclePayment> payments = new ArrayList<>();
            long userId = nextUserId;
            long paymentId = nextPaymentId;
            while (users.size() < userCount) {
                boolean adversarial = random.nextDouble() < adversarialShare;
                List<OraclePayment> own = new ArrayList<>();
                OracleUser user =
                        adversarial ? adversaries.next(userId, paymentId, own) : customers.next(userId, paymentId, own);
                if (withoutDoubt && isDoubtful(user, own)) {
                    continue;
                }
                users.add(user);
                payments.addAll(own);
                paymentId += own.size();
                userId++;
                if (adversarial && random.nextInt(20) == 0) {
                    long firstMissing = userId;
                    userId += 1 + random.nextInt(100);
                    paymentId += random.nextInt(100);
                    if (random.nextInt(4) == 0) {
                        payments.add(adversaries.orphan(firstMissing, paymentId++));
                    }
                }
            }
            return new RandomHost(setup, users, payments);
        }

        private boolean isDoubtful(OracleUser user, List<OraclePayment> own) {
            Kind kind = Oracle.judge(rules, user, own, now).kind();
            return kind == Kind.SKIPPED || kind == Kind.POSTPONED;
        }
    }
}
