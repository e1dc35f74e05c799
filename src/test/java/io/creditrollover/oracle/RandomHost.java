package io.creditrollover.oracle;

import io.creditrollover.oracle.OracleVerdict.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host full of awkward users: their payments lie on the boundaries of the given rules, one microsecond before and
 * after them, tie with each other, have no date, no status, unknown plans. Everything follows from the seed.
 */
public final class RandomHost {

    private static final int CHUNK = 10_000;

    private static final List<String> ODD_STATUSES =
            List.of("PAID", "Paid", " paid", "paid ", "unpaid", "PENDING", "Pending", "captured", "success", "");

    private static final List<String> UNKNOWN_PLANS = List.of("Monthly", "monthly ", "topup", "POWER", "", "gift-2019");

    private static final int[] USUAL_CREDITS = {0, 1, 5, 10, 50, 150};

    private final long seed;
    private final OracleRules rules;
    private final boolean strayPhones;
    private final List<OracleUser> users;
    private final List<OraclePayment> payments;

    private RandomHost(Builder builder, List<OracleUser> users, List<OraclePayment> payments) {
        this.seed = builder.seed;
        this.rules = builder.rules;
        this.strayPhones = builder.strayPhones;
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

    /** In the order of their ids, which is not the order of their dates. */
    public List<OraclePayment> payments() {
        return payments;
    }

    public OracleHost toOracleHost() {
        return OracleHost.of(users, payments);
    }

    /**
     * Inserts all users and payments, ids included, in an order that is not that of the ids, and moves the identity
     * sequences behind them. Committing is the caller's business.
     */
    public void insertInto(Connection connection) throws SQLException {
        Random random = new Random(seed ^ 0x5DEECE66DL);
        List<OracleUser> shuffledUsers = new ArrayList<>(users);
        Collections.shuffle(shuffledUsers, random);
        List<OraclePayment> shuffledPayments = new ArrayList<>(payments);
        Collections.shuffle(shuffledPayments, random);
        insertUsers(connection, shuffledUsers);
        insertPayments(connection, shuffledPayments, random);
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("users", "payments")) {
                statement.execute("select setval(pg_get_serial_sequence('" + table
                        + "', 'id'), greatest((select max(id) from " + table + "), 1))");
            }
        }
    }

    /** Adds to payment_plans what the rules know and the table lacks. It removes nothing. */
    public void insertPlansInto(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into payment_plans (plan_name, plan_type, amount, credits)"
                        + " select ?, ?, ?, ? where not exists (select from payment_plans where plan_type = ?)")) {
            for (String planType : rules.knownPlanTypes()) {
                insert.setString(1, "Plan " + planType);
                insert.setString(2, planType);
                insert.setInt(3, amount(planType));
                insert.setInt(4, usualCredits(planType));
                insert.setString(5, planType);
                insert.executeUpdate();
            }
        }
    }

    private static void insertUsers(Connection connection, List<OracleUser> all) throws SQLException {
        String sql = "insert into users (id, phone_number, name, credits, created_at) overriding system value"
                + " select u.id, u.phone, 'User ' || u.id, u.credits, u.at::timestamptz"
                + " from unnest(?::int[], ?::text[], ?::int[], ?::text[]) as u (id, phone, credits, at)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int start = 0; start < all.size(); start += CHUNK) {
                List<OracleUser> chunk = all.subList(start, Math.min(start + CHUNK, all.size()));
                Integer[] ids = new Integer[chunk.size()];
                String[] phones = new String[chunk.size()];
                Integer[] credits = new Integer[chunk.size()];
                @Nullable String[] dates = new @Nullable String[chunk.size()];
                for (int i = 0; i < chunk.size(); i++) {
                    OracleUser user = chunk.get(i);
                    ids[i] = user.id();
                    phones[i] = user.phoneNumber();
                    credits[i] = user.credits();
                    dates[i] = text(user.createdAt());
                }
                insert.setArray(1, connection.createArrayOf("int4", ids));
                insert.setArray(2, connection.createArrayOf("text", phones));
                insert.setArray(3, connection.createArrayOf("int4", credits));
                insert.setArray(4, connection.createArrayOf("text", dates));
                insert.executeUpdate();
            }
        }
    }

    private void insertPayments(Connection connection, List<OraclePayment> all, Random random) throws SQLException {
        String sql =
                "insert into payments (id, user_id, phone_number, plan_type, amount, credits_added, payment_status,"
                        + " created_at) overriding system value select p.id, p.user_id, p.phone, p.plan, p.amount,"
                        + " p.credits, p.status, p.at::timestamptz from unnest(?::int[], ?::int[], ?::text[], ?::text[],"
                        + " ?::int[], ?::int[], ?::text[], ?::text[]) as p (id, user_id, phone, plan, amount, credits,"
                        + " status, at)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int start = 0; start < all.size(); start += CHUNK) {
                List<OraclePayment> chunk = all.subList(start, Math.min(start + CHUNK, all.size()));
                Integer[] ids = new Integer[chunk.size()];
                Integer[] userIds = new Integer[chunk.size()];
                String[] phones = new String[chunk.size()];
                String[] plans = new String[chunk.size()];
                Integer[] amounts = new Integer[chunk.size()];
                Integer[] credits = new Integer[chunk.size()];
                @Nullable String[] statuses = new @Nullable String[chunk.size()];
                @Nullable String[] dates = new @Nullable String[chunk.size()];
                for (int i = 0; i < chunk.size(); i++) {
                    OraclePayment payment = chunk.get(i);
                    ids[i] = payment.id();
                    userIds[i] = payment.userId();
                    phones[i] = phone(payment.userId());
                    if (strayPhones && random.nextInt(10) == 0) {
                        phones[i] = users.get(random.nextInt(users.size())).phoneNumber();
                    }
                    plans[i] = payment.planType();
                    amounts[i] = payment.amountPaise();
                    credits[i] = payment.creditsAdded();
                    statuses[i] = payment.status();
                    dates[i] = text(payment.createdAt());
                }
                insert.setArray(1, connection.createArrayOf("int4", ids));
                insert.setArray(2, connection.createArrayOf("int4", userIds));
                insert.setArray(3, connection.createArrayOf("text", phones));
                insert.setArray(4, connection.createArrayOf("text", plans));
                insert.setArray(5, connection.createArrayOf("int4", amounts));
                insert.setArray(6, connection.createArrayOf("int4", credits));
                insert.setArray(7, connection.createArrayOf("text", statuses));
                insert.setArray(8, connection.createArrayOf("text", dates));
                insert.executeUpdate();
            }
        }
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    /** Unique for ids below 100 million, and not in their order. */
    static String phone(int userId) {
        return String.format("+9198%08d", userId * 48_271L % 100_000_000L);
    }

    private static int amount(String planType) {
        return switch (planType) {
            case "starter" -> 9_900;
            case "monthly" -> 29_900;
            case "power" -> 79_900;
            case "annual" -> 299_900;
            default -> 4_900;
        };
    }

    private static int usualCredits(String planType) {
        return switch (planType) {
            case "starter" -> 10;
            case "monthly" -> 50;
            case "power" -> 150;
            case "annual" -> 600;
            default -> 5;
        };
    }

    /** What to make, and the making of it. */
    public static final class Builder {

        private final long seed;
        private final OracleRules rules;
        private final Instant now;
        private final Instant cutoff;
        private int userCount = 1_000;
        private double adversarialShare = 1;
        private Duration clockMargin = Duration.ZERO;
        private boolean withoutDoubt;
        private boolean strayPhones;
        private int nextUserId = 1;
        private int nextPaymentId = 1;

        private Random random = new Random();
        private List<Instant> edges = List.of();
        private List<String> eligible = List.of();
        private List<String> ordinary = List.of();

        private Builder(long seed, OracleRules rules, Instant now) {
            this.seed = seed;
            this.rules = rules;
            this.now = now.truncatedTo(ChronoUnit.MICROS);
            this.cutoff = rules.cutoff();
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

        /** Users that would be set aside, or wait for a pending payment, are drawn again. */
        public Builder withoutDoubt() {
            this.withoutDoubt = true;
            return this;
        }

        /** One payment in ten carries the phone number of somebody else: user_id is what counts. */
        public Builder strayPhones() {
            this.strayPhones = true;
            return this;
        }

        public Builder firstIds(int firstUserId, int firstPaymentId) {
            this.nextUserId = firstUserId;
            this.nextPaymentId = firstPaymentId;
            return this;
        }

        public RandomHost build() {
            if (clockMargin.isNegative()
                    || (!clockMargin.isZero() && clockMargin.compareTo(rules.pendingGrace()) >= 0)) {
                throw new IllegalArgumentException("clock margin " + clockMargin);
            }
            int userId = nextUserId;
            int paymentId = nextPaymentId;
            random = new Random(seed);
            edges = edges();
            eligible = new ArrayList<>();
            Set<String> others = new LinkedHashSet<>(rules.knownPlanTypes());
            for (Map.Entry<String, OraclePlan> plan : rules.plans().entrySet()) {
                others.add(plan.getKey());
                if (plan.getValue().eligible()) {
                    eligible.add(plan.getKey());
                }
            }
            others.removeAll(eligible);
            // Sets made by Set.of have no order that holds from one JVM to the next
            ordinary = new ArrayList<>(others);
            Collections.sort(ordinary);
            Collections.sort(eligible);

            List<OracleUser> users = new ArrayList<>();
            List<OraclePayment> payments = new ArrayList<>();
            while (users.size() < userCount) {
                boolean adversarial = random.nextDouble() < adversarialShare;
                List<OraclePayment> own = new ArrayList<>();
                OracleUser user = adversarial ? adversary(userId, paymentId, own) : customer(userId, paymentId, own);
                if (withoutDoubt) {
                    Kind kind = Oracle.judge(rules, user, own, now).kind();
                    if (kind == Kind.SET_ASIDE || kind == Kind.WAITS_FOR_PENDING) {
                        continue;
                    }
                }
                users.add(user);
                payments.addAll(own);
                paymentId += own.size();
                userId++;
                if (adversarial && random.nextInt(20) == 0) {
                    userId += 1 + random.nextInt(100);
                    paymentId += random.nextInt(100);
                }
            }
            return new RandomHost(this, users, payments);
        }

        /** The moments where a wrong reading of the contract and a right one part. */
        private List<Instant> edges() {
            List<Instant> all = new ArrayList<>();
            LocalDate date = rules.date();
            for (int i = 0; i < 4; i++) {
                all.add(cutoff);
            }
            for (OraclePlan plan : rules.plans().values()) {
                LocalDate start = date.minus(plan.window());
                for (int i = 0; i < 3; i++) {
                    all.add(rules.windowStart(plan));
                }
                all.add(start.atStartOfDay(ZoneOffset.UTC).toInstant());
                all.add(start.plusDays(1).atStartOfDay(rules.zone()).toInstant());
                all.add(cutoff.atZone(ZoneOffset.UTC).minus(plan.window()).toInstant());
                all.add(now.atZone(rules.zone()).minus(plan.window()).toInstant());
                all.add(cutoff.minusSeconds((long) (plan.window().toTotalMonths() * 30.44 * 86_400)));
            }
            all.add(date.atStartOfDay(ZoneOffset.UTC).toInstant());
            all.add(date.minusDays(1).atStartOfDay(rules.zone()).toInstant());
            all.add(date.minusMonths(1).atStartOfDay(rules.zone()).toInstant());
            all.add(date.plusMonths(1).atStartOfDay(rules.zone()).toInstant());
            all.add(date.minusYears(5).atStartOfDay(rules.zone()).toInstant());
            all.add(cutoff.minus(30, ChronoUnit.DAYS));
            all.add(cutoff.minus(31, ChronoUnit.DAYS));
            all.add(now);
            return all;
        }

        private Instant edge() {
            Instant at = edges.get(random.nextInt(edges.size()));
            return switch (random.nextInt(12)) {
                case 0, 1, 2 -> at;
                case 3, 4 -> at.minus(1, ChronoUnit.MICROS);
                case 5, 6 -> at.plus(1, ChronoUnit.MICROS);
                case 7 -> at.minusMillis(1);
                case 8 -> at.plusMillis(1);
                case 9 -> at.minusSeconds(random.nextInt(7_200));
                case 10 -> at.plusSeconds(random.nextInt(7_200));
                default -> at.plus(random.nextInt(40) - 20, ChronoUnit.DAYS);
            };
        }

        private boolean chance(int oneIn) {
            return random.nextInt(oneIn) == 0;
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private Instant before(Instant end, long days) {
            return end.minus(1 + (long) (random.nextDouble() * days * 86_400_000_000d), ChronoUnit.MICROS)
                    .truncatedTo(ChronoUnit.MICROS);
        }

        private OracleUser adversary(int userId, int firstPaymentId, List<OraclePayment> own) {
            int count = chance(8) ? 0 : 1 + random.nextInt(chance(3) ? 8 : 3);
            if (chance(200)) {
                count = 40;
            }
            List<Instant> dates = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String status = adversarialStatus();
                Instant at = adversarialDate(status, dates);
                if (at != null) {
                    dates.add(at);
                }
                String plan = adversarialPlan();
                int added = usualCredits(plan);
                if (chance(3)) {
                    added = USUAL_CREDITS[random.nextInt(USUAL_CREDITS.length)];
                }
                if (chance(60)) {
                    added = -1 - random.nextInt(20);
                } else if (chance(60)) {
                    added = Integer.MAX_VALUE - random.nextInt(3);
                } else if (chance(60)) {
                    added = 1 << 30;
                }
                own.add(new OraclePayment(firstPaymentId + i, userId, plan, amount(plan), added, status, at));
            }
            Instant signedUp = adversarialSignUp();
            return new OracleUser(userId, phone(userId), adversarialCredits(own), signedUp);
        }

        private @Nullable String adversarialStatus() {
            int dice = random.nextInt(100);
            if (dice < 64) {
                return "paid";
            }
            if (dice < 76) {
                return "pending";
            }
            if (dice < 83) {
                return "failed";
            }
            if (dice < 90) {
                return "refunded";
            }
            if (dice < 94) {
                return null;
            }
            return any(ODD_STATUSES);
        }

        private String adversarialPlan() {
            int dice = random.nextInt(100);
            if (dice < 6) {
                return any(UNKNOWN_PLANS);
            }
            if ((dice < 60 && !eligible.isEmpty()) || ordinary.isEmpty()) {
                return any(eligible);
            }
            return any(ordinary);
        }

        private @Nullable Instant adversarialDate(@Nullable String status, List<Instant> earlier) {
            boolean paid = "paid".equals(status);
            boolean pending = "pending".equals(status);
            if (chance(paid ? 50 : 15)) {
                return null;
            }
            if (pending) {
                Instant graceStart = now.minus(rules.pendingGrace());
                if (chance(8)) { // young, or of the future
                    return settled(
                            chance(3) ? now.plusSeconds(random.nextInt(90_000)) : between(graceStart, now), true);
                }
                if (chance(6)) { // exactly as old as the grace, or a microsecond off it
                    return settled(graceStart.plus(random.nextInt(3) - 1, ChronoUnit.MICROS), true);
                }
                Instant at = edge();
                return settled(at.isAfter(graceStart) ? before(graceStart, 40) : at, true);
            }
            if (!earlier.isEmpty() && chance(4)) {
                Instant at = any(earlier);
                if (!at.isAfter(now)) {
                    return at;
                }
            }
            for (int attempt = 0; attempt < 8; attempt++) {
                Instant at = chance(4) ? random() : edge();
                if (!at.isAfter(now) || !paid) {
                    return settled(at, false);
                }
                if (chance(60)) {
                    return settled(at, false); // paid in the future
                }
            }
            return settled(before(now, 60), false);
        }

        /** Moved out of the spans in which the clock's advance would change what a date means. */
        private Instant settled(Instant at, boolean pending) {
            if (clockMargin.isZero()) {
                return at;
            }
            Instant result = at;
            if (result.isAfter(now) && !result.isAfter(now.plus(clockMargin))) {
                result = result.minus(clockMargin);
            }
            if (pending) {
                Instant graceStart = now.minus(rules.pendingGrace());
                if (result.isAfter(graceStart) && !result.isAfter(graceStart.plus(clockMargin))) {
                    result = result.minus(clockMargin);
                }
            }
            return result;
        }

        private Instant between(Instant start, Instant end) {
            long micros = ChronoUnit.MICROS.between(start, end);
            return start.plus(1 + (long) (random.nextDouble() * micros), ChronoUnit.MICROS);
        }

        private Instant random() {
            if (chance(3) && now.isAfter(cutoff)) {
                return between(cutoff, now);
            }
            return before(cutoff, 400);
        }

        private @Nullable Instant adversarialSignUp() {
            int dice = random.nextInt(100);
            if (dice < 8) {
                return null;
            }
            if (dice < 13) {
                return cutoff;
            }
            if (dice < 16) {
                return cutoff.plus(1, ChronoUnit.MICROS);
            }
            if (dice < 22) {
                return cutoff.minus(1, ChronoUnit.MICROS);
            }
            if (dice < 25) {
                return now;
            }
            if (dice < 30) {
                return edge();
            }
            return before(cutoff, 900);
        }

        private int adversarialCredits(List<OraclePayment> own) {
            long bought = 0;
            for (OraclePayment payment : own) {
                Instant at = payment.createdAt();
                if (payment.paid() && at != null && !at.isBefore(cutoff)) {
                    bought += payment.creditsAdded();
                }
            }
            if (bought > 0 && bought <= Integer.MAX_VALUE && chance(2)) {
                long near = bought + random.nextInt(5) - 2;
                return (int) Math.max(0, Math.min(near, Integer.MAX_VALUE));
            }
            return switch (random.nextInt(20)) {
                case 0 -> 0;
                case 1, 2, 3 -> 1;
                case 4 -> 2;
                case 5 -> Integer.MAX_VALUE;
                case 6 -> Integer.MAX_VALUE - random.nextInt(1_000);
                case 7 -> 1_000_000 + random.nextInt(1_000_000);
                case 8 -> 99 + random.nextInt(4);
                default -> 1 + random.nextInt(250);
            };
        }

        /** Somebody as hosts have them by the thousand. */
        private OracleUser customer(int userId, int firstPaymentId, List<OraclePayment> own) {
            Instant settledBy = now.minus(rules.pendingGrace()).minusSeconds(60);
            Instant known = settledBy.isBefore(cutoff) ? settledBy : cutoff;
            boolean newcomer = settledBy.isAfter(cutoff) && chance(50);
            Instant signedUp = newcomer ? between(cutoff, settledBy) : before(known, 700);
            int credits = chance(7) ? 0 : 1 + random.nextInt(60);
            int count = chance(8) ? 0 : 1 + random.nextInt(5);
            String habit = eligible.isEmpty() || (chance(5) && !ordinary.isEmpty()) ? any(ordinary) : any(eligible);
            Instant at = newcomer ? settledBy : known;
            if (settledBy.isAfter(cutoff) && chance(12)) {
                at = between(cutoff, settledBy); // the latest one already belongs to the new month
            } else if (chance(5)) {
                at = at.minus(35L + random.nextInt(90), ChronoUnit.DAYS); // has stopped paying
            } else {
                at = before(at, 30);
            }
            for (int i = 0; i < count && at.isAfter(signedUp); i++) {
                String plan = chance(6) && !ordinary.isEmpty() ? any(ordinary) : habit;
                int dice = random.nextInt(20);
                String status = dice < 16 ? "paid" : dice < 18 ? "failed" : dice < 19 ? "pending" : "refunded";
                own.add(new OraclePayment(
                        firstPaymentId + i, userId, plan, amount(plan), usualCredits(plan), status, at));
                if (status.equals("paid")) {
                    credits += random.nextInt(usualCredits(plan) + 1) / (i + 1);
                }
                at = before(at.minus(20, ChronoUnit.DAYS), 20);
            }
            return new OracleUser(userId, phone(userId), credits, signedUp);
        }
    }
}
