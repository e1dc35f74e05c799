package io.creditrollover.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Killed while it plans or sends, {@code notify} leaves no user out, and repeats under the same Message-ID only. */
public class NotifyKilledTest {
    private static final int USERS = 60;
    private static final long SEED = Long.getLong("notices.seed", System.nanoTime());
    private static final String SLOW = """
            create or replace function slow() returns trigger language plpgsql as
            $$ begin perform pg_sleep(0.02); return new; end $$
            """;

    private final TestDatabase database = NoticeFixture.database();
    private final UserSmtp smtp = new UserSmtp();
    private final Random random = new Random(SEED);
    private final Map<String, HostFixture.User> users = new HashMap<>();
    private final Map<String, Long> mailsAtRenewal = new HashMap<>();
    private int killed;

    /** How often it is killed. */
    protected int kills() {
        return 2;
    }

    @Test
    void everyUserIsToldOnceOrAgainUnderTheSameId() throws Exception {
        System.out.println("notices.seed = " + SEED);
        HostFixture host = NoticeFixture.next(database);
        addUsers(host, USERS);
        database.execute(
                SLOW,
                "create trigger slow before insert on credit_rollover_notices for each row execute function slow()");
        for (int attempt = 0; killed < kills(); attempt++) {
            assertThat(attempt).as("attempts to kill it").isLessThan(2 * kills());
            killOnce(attempt);
            renew();
            addUsers(host, 10);
        }
        try (TestApplication product = NoticeFixture.product(database, smtp)) {
            assertThat(NoticeFixture.tell(product).failed()).isZero();
        }
        assertEachToldRightly();
        System.out.printf("campaign: kills=%d seeds=%d violations=0%n", killed, SEED);
    }

    /** Also before each further kill, so that there is something to do. */
    private void addUsers(HostFixture host, int count) {
        for (int i = 0; i < count; i++) {
            String address = "user" + users.size() + "@example.com";
            users.put(address, NoticeFixture.withAddress(database, host.aLapsedUser(), address));
        }
    }

    /** It may end before it is killed; that does not count. */
    private void killOnce(int attempt) throws Exception {
        int before = smtp.tried().size();
        int mails = 1 + random.nextInt(8);
        long planning = random.nextInt(1_000);
        String[] settings = NoticeFixture.settings(smtp, "rollover.notices.mail.per-second=8");
        try (ProductProcess process = ProductProcess.start(database, environment(settings), "notify")) {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
            boolean whilePlanning = attempt % 2 == 0;
            while (process.isAlive() && System.nanoTime() < end && !reached(whilePlanning, before + mails)) {
                Thread.sleep(10);
            }
            Thread.sleep(whilePlanning ? planning : random.nextInt(50));
            killed += process.isAlive() ? 1 : 0;
            process.kill();
        }
        database.execute("update credit_rollover_leases set expires_at = '-infinity'");
    }

    private boolean reached(boolean whilePlanning, int mails) {
        return whilePlanning
                ? database.count("select count(*) from pg_stat_activity where state = 'active' and "
                                + "query like '%insert into credit_rollover_notices%' and pid <> pg_backend_pid()")
                        > 0
                : smtp.tried().size() >= mails;
    }

    private static Map<String, String> environment(String... settings) {
        Map<String, String> environment = new HashMap<>();
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            environment.put(
                    pair[0].toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_'), pair[1]);
        }
        return environment;
    }

    /** Some users renew while nothing works; none of them is told afterwards. */
    private void renew() throws Exception {
        List<String> open = new ArrayList<>(users.keySet());
        open.removeAll(mailsAtRenewal.keySet());
        java.util.Collections.sort(open);
        Map<String, Long> mails = mailsByAddress();
        for (int i = 0; i < 2 && open.size() > 30; i++) {
            String address = open.remove(random.nextInt(open.size()));
            users.get(address).paid("monthly", 50, Instant.now().minusSeconds(1));
            mailsAtRenewal.put(address, mails.getOrDefault(address, 0L));
        }
    }

    private Map<String, Long> mailsByAddress() throws Exception {
        Map<String, Long> mails = new HashMap<>();
        for (MimeMessage mail : smtp.mails()) {
            mails.merge(mail.getAllRecipients()[0].toString(), 1L, Long::sum);
        }
        return mails;
    }

    private void assertEachToldRightly() throws Exception {
        Map<String, Set<String>> ids = new HashMap<>();
        for (MimeMessage mail : smtp.mails()) {
            ids.computeIfAbsent(mail.getAllRecipients()[0].toString(), address -> new HashSet<>())
                    .add(mail.getMessageID());
        }
        Map<String, Long> mails = mailsByAddress();
        for (String address : users.keySet()) {
            Long atRenewal = mailsAtRenewal.get(address);
            if (atRenewal == null) {
                assertThat(ids).as(address).containsKey(address);
            } else {
                assertThat(mails.getOrDefault(address, 0L)).as(address).isEqualTo(atRenewal);
            }
            assertThat(ids.getOrDefault(address, Set.of())).as(address).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(mailsAtRenewal).isNotEmpty();
        assertThat(database.count("select count(*) from credit_rollover_notices where status = 'planned'"))
                .isZero();
    }
}
