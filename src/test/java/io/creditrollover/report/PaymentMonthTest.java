package io.creditrollover.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whichever months were counted before, the others come out as if all were counted at once. */
class PaymentMonthTest {
    private static final List<String> ELIGIBLE = List.of("monthly", "power");

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final long seed = new Random().nextLong();

    @Test
    void aMonthBetweenKnownOnesIsCountedAsAmongAllMonths() {
        host.manyUsers(40);
        database.execute("delete from payments", """
                insert into payments
                    (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
                select id, phone_number,
                       (array['starter', 'monthly', 'power'])[1 + (hashint8extended(n, %1$d) & 1023) %% 3], n, 10,
                       case when hashint8extended(n, %1$d + 1) & 3 = 0 then 'pending' else 'paid' end,
                       '%2$s'::timestamptz - ((hashint8extended(n, %1$d + 2) & 1048575) %% 420) * interval '1 day'
                from users, generate_series(40 * id, 40 * id + 20) n
                """.formatted(
                        seed % 1_000_000, host.cutoff().minusSeconds(1)));
        List<PaymentMonth> byHand = new FiguresByHand(database).paymentMonths(host.date());
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            List<PaymentMonth> known = new ArrayList<>(byHand);
            known.removeIf(month -> random.nextInt(3) > 0);

            assertThat(count(known)).as("seed %d, known %s", seed, known).isEqualTo(byHand);
            List<PaymentMonth> missing = new ArrayList<>(byHand);
            missing.removeAll(known);
            for (String way : List.of(PaymentMonth.BY_LOOKUPS, PaymentMonth.BY_SCAN)) {
                assertThat(counted(way, missing))
                        .as("seed %d, known %s, by %s", seed, known, way)
                        .containsExactlyInAnyOrderElementsOf(missing);
            }
        }
    }

    @Test
    void paymentsOfNobodyAreNotOnePersons() {
        LocalDate month = host.date().minusMonths(1);
        host.aUser(5).paid("monthly", 50, host.inTheMonth());
        List<PaymentMonth> before = count(List.of());
        assertThat(before).hasSize(12).extracting(PaymentMonth::rolloverDate).contains(month);

        database.execute("alter table payments alter user_id drop not null", """
                insert into payments
                    (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
                select null, '1', plan_type, 29900, 50, 'paid', '%s'::timestamptz - n * interval '1 day'
                from (values (1, 'power'), (2, 'monthly'), (3, 'starter')) as p (n, plan_type)
                """.formatted(host.cutoff()));

        assertThat(count(List.of())).isEqualTo(before);
    }

    /** Else each user's payment before would be a scan: hours on a large host. */
    @Test
    void aHostWithoutAnIndexIsNotScannedForEachUser() {
        host.manyUsers(2_000);
        database.execute("analyze payments");
        database.jdbc()
                .sql("select indexrelid::regclass::text from pg_index where indrelid = 'payments'::regclass"
                        + " and not indisprimary")
                .query(String.class)
                .list()
                .forEach(index -> database.execute("drop index " + index));
        long before = scans();

        count(List.of());

        assertThat(scans() - before).isBetween(1L, 3L);
    }

    private long scans() {
        database.execute("select pg_stat_force_next_flush()");
        return database.count("select seq_scan from pg_stat_user_tables where relname = 'payments'");
    }

    private List<PaymentMonth> counted(String way, List<PaymentMonth> months) {
        List<LocalDate> dates = months.stream().map(PaymentMonth::rolloverDate).toList();
        return PaymentMonth.counted(
                way, PaymentMonth.parameters(dates, HostFixture.BUSINESS_ZONE, ELIGIBLE), database.jdbc());
    }

    private List<PaymentMonth> count(List<PaymentMonth> known) {
        return PaymentMonth.upTo(host.date(), HostFixture.BUSINESS_ZONE, ELIGIBLE, known, database.jdbc());
    }
}
