package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.OracleFigures;
import io.creditrollover.oracle.OracleVerdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at the tables after a run and says what is wrong. Knows the contract and the oracle, not the program. */
final class Checker {
    private final Connection connection;

    Checker(Connection connection) {
        this.connection = connection;
    }

    /** What must hold whatever happened and whether or not the host was at work. */
    void holdsTogether() throws SQLException {
        nobodyLosesOrGainsTwice();
        oneProcessAtATime();
    }

    /** The same of a run on which several processes worked under one token. */
    void holdsTogetherUnderWorkers() throws SQLException {
        nobodyLosesOrGainsTwice();
        oneTokenAfterTheOther();
        oneWorkerAtATimeOnARange();
    }

    private void nobodyLosesOrGainsTwice() throws SQLException {
        none("no negative balance", "select id::text from users where credits < 0");
        none("one decision per user and run", """
                select run_id || '/' || user_id from credit_rollover_events where action in ('rollover', 'expiry')
                group by run_id, user_id having count(*) > 1
                """);
        none("decided or skipped, not both", """
                select user_id::text from credit_rollover_events join credit_rollover_skips using (run_id, user_id)
                """);
        none("before = after + expired, nothing appears", """
                select id::text from credit_rollover_events where credits_after > credits_before or credits_after < 0
                """);
        none("one live run per date", """
                select rollover_date::text from credit_rollover_runs where mode = 'live' and status <> 'UNDONE'
                group by rollover_date having count(*) > 1
                """);
    }

    /**
     * Whoever has lost a range commits nothing more of it: it changes hands no oftener than it was offered, or than a
     * manager by itself began with it.
     */
    private void oneWorkerAtATimeOnARange() throws SQLException {
        none("a partition changes its worker only when it is offered again", """
                with chunks as (select work, process, lag(process) over (partition by work order by id) as before
                                from chaos_witness where work like 'rollover-range:%'),
                     changes as (select work, count(*) filter (where process <> before) as times
                                 from chunks group by work)
                select c.work || ' changed hands ' || c.times || ' times' from changes c
                join credit_rollover_batch_step_execution s on s.step_name = c.work
                left join credit_rollover_partitions p using (step_execution_id)
                group by c.work, c.times having c.times > sum(coalesce(p.claim, 1)) - 1
                """);
    }

    /** Each token belongs to one process, and what was committed under a token lies before what came under the next. */
    private void oneProcessAtATime() throws SQLException {
        none("one process per token", """
                select token::text from chaos_witness group by token having count(distinct process) > 1
                """);
        oneTokenAfterTheOther();
    }

    private void oneTokenAfterTheOther() throws SQLException {
        none("one token after the other", """
                select a.token || ' and ' || b.token from
                    (select token, max(id) as last from chaos_witness group by token) a,
                    (select token, min(id) as first from chaos_witness group by token) b
                where a.token < b.token and a.last > b.first
                """);
    }

    /** COMPLETED is said, of one job instance, and the figures are the sums of events and skips. */
    void isCompleted() throws SQLException {
        assertThat(strings("select status from credit_rollover_runs where mode = 'live'"))
                .as("the run's status")
                .containsExactly("COMPLETED");
        assertThat(strings("select count(*)::text from credit_rollover_batch_job_instance"))
                .as("job instances")
                .containsExactly("1");
        // None where the connection broke off after the run's own row said so and before Spring Batch's did.
        assertThat(strings("select count(*)::text from credit_rollover_batch_job_execution where status = 'COMPLETED'"))
                .as("executions that completed")
                .isSubsetOf("0", "1");
        assertThat(figuresOfTheRun()).as("figures of the run").isEqualTo(figuresOfTheEvents());
    }

    /** On a host that changed nothing: what the oracle says, user by user, and nobody else touched. */
    void equals(Map<Long, OracleVerdict> verdicts) throws SQLException {
        List<String> expected = new ArrayList<>();
        for (OracleVerdict v : verdicts.values()) {
            String decision =
                    switch (v.kind()) {
                        case ROLLOVER, EXPIRY ->
                            v.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + v.reasonCode() + " "
                                    + v.creditsBefore() + "->" + v.creditsAfter();
                        case SKIPPED -> "skipped " + v.reasonCode();
                        default -> "-";
                    };
            expected.add(v.userId() + ": " + decision + ", holds " + v.creditsAfter());
        }
        expected.sort(null);
        List<String> found = strings("""
                select u.id || ': ' || coalesce(
                           e.action || ' ' || e.reason_code || ' ' || e.credits_before || '->' || e.credits_after,
                           'skipped ' || s.reason_code, '-') || ', holds ' || u.credits
                from users u
                left join credit_rollover_events e on e.user_id = u.id and e.action in ('rollover', 'expiry')
                left join credit_rollover_skips s on s.user_id = u.id
                     and s.run_id in (select id from credit_rollover_runs where mode = 'live')
                """);
        found.sort(null);
        assertThat(found).isEqualTo(expected);
        assertThat(figuresOfTheRun()).isEqualTo(OracleFigures.of(verdicts.values()));
    }

    /** Everything a run leaves behind, for the comparison with one that nothing disturbed. */
    List<String> trace() throws SQLException {
        List<String> trace = new ArrayList<>(strings("""
                select concat_ws('|', user_id, phone_number, rollover_date, credits_before, credits_after, action,
                                 eligible_plan_type, reason, reason_code, payment_id, paid_at, credits_protected)
                from credit_rollover_events order by user_id
                """));
        trace.addAll(strings(
                "select concat_ws('|', user_id, reason_code, reason) from credit_rollover_skips order by user_id"));
        trace.addAll(strings("select id || ' holds ' || credits from users order by id"));
        trace.addAll(strings("""
                select concat_ws('|', status, cutoff, zone, policy, users_processed, users_rolled_over, users_expired,
                                 users_skipped, credits_before, credits_rolled_over, credits_expired, forecast)
                from credit_rollover_runs
                """));
        return trace;
    }

    /** After a host that kept a journal: for each user what was there, plus bought, less spent, less expired. */
    void addsUp() throws SQLException {
        none("balance = initial + bought - spent - expired", """
                select u.id || ' holds ' || u.credits || ', not ' || (i.credits + coalesce(j.delta, 0) - coalesce(e.taken, 0))
                from users u join chaos_initial i using (id)
                left join (select user_id, sum(delta) as delta from chaos_journal group by user_id) j on j.user_id = u.id
                left join (select user_id, sum(credits_before - credits_after) as taken
                           from credit_rollover_events group by user_id) e on e.user_id = u.id
                where u.credits <> i.credits + coalesce(j.delta, 0) - coalesce(e.taken, 0)
                """);
        none("nothing bought before an expiry is outside its protection", """
                select e.user_id || ' keeps ' || e.credits_protected || ' of ' || sum(j.delta)
                from credit_rollover_events e
                join chaos_journal j on j.user_id = e.user_id and j.delta > 0 and j.at < e.created_at
                join payments p on p.id = j.payment_id and p.payment_status = 'paid'
                where e.action = 'expiry'
                group by e.id, e.user_id, e.credits_protected having e.credits_protected < sum(j.delta)
                """);
        none("in total", """
                select 'total' from (select sum(credits) as now from users) u, (select sum(credits) as was from chaos_initial) i,
                    (select coalesce(sum(delta), 0) as delta from chaos_journal) j,
                    (select coalesce(sum(credits_before - credits_after), 0) as taken from credit_rollover_events) e
                where u.now <> i.was + j.delta - e.taken
                """);
    }

    /**
     * After a host that writes back what it read: it loses nothing by the run. But its write may bring back what the run
     * has taken in between; nobody can keep it from that.
     */
    void losesNothing() throws SQLException {
        none("initial + bought - spent - expired <= balance <= initial + bought - spent", """
                select u.id || ' holds ' || u.credits || ' of ' || (i.credits + coalesce(j.delta, 0)) || ', taken '
                       || coalesce(e.taken, 0)
                from users u join chaos_initial i using (id)
                left join (select user_id, sum(delta) as delta from chaos_journal group by user_id) j on j.user_id = u.id
                left join (select user_id, sum(credits_before - credits_after) as taken
                           from credit_rollover_events group by user_id) e on e.user_id = u.id
                where u.credits < i.credits + coalesce(j.delta, 0) - coalesce(e.taken, 0)
                   or u.credits > i.credits + coalesce(j.delta, 0)
                """);
    }

    private OracleFigures figuresOfTheRun() throws SQLException {
        return figures("""
                select users_processed, users_rolled_over, users_expired, users_skipped, credits_before,
                       credits_rolled_over, credits_expired
                from credit_rollover_runs where mode = 'live'
                """);
    }

    private OracleFigures figuresOfTheEvents() throws SQLException {
        return figures("""
                select count(*) + s.n, count(*) filter (where action = 'rollover'),
                       count(*) filter (where action = 'expiry'), s.n, coalesce(sum(credits_before), 0),
                       coalesce(sum(credits_after), 0), coalesce(sum(credits_before - credits_after), 0)
                from credit_rollover_events, (select count(*) as n from credit_rollover_skips) s
                group by s.n
                """);
    }

    private OracleFigures figures(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return new OracleFigures(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7));
        }
    }

    private void none(String rule, String query) throws SQLException {
        assertThat(strings(query)).as(rule).isEmpty();
    }

    List<String> strings(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }
}
