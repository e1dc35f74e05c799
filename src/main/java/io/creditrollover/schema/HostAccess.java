package io.creditrollover.schema;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the role of this process may do what a run does, and sees every row. Reads only. */
@Component
public class HostAccess {
    private final JdbcClient jdbc;

    HostAccess(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Checks columns, grants and row-level security for a live run.
     *
     * @throws ExitException 78, naming the first thing that is missing
     */
    public void requireForLive() {
        requireForReading();
        refuseFirst("""
                select format('The role %s may not update users.credits; grant it: GRANT UPDATE (credits) ON users TO %s;',
                              current_user, current_user)
                where not has_column_privilege('users', 'credits', 'UPDATE')
                union all
                select format('The role %s may not INSERT credit_rollover_events; see db/grants.', current_user)
                where not has_table_privilege('credit_rollover_events', 'INSERT')
                """);
    }

    /**
     * Checks columns, grants and row-level security for anything that reads the host's tables and records a run.
     *
     * @throws ExitException 78, naming the first thing that is missing
     */
    public void requireForReading() {
        refuseFirst("""
                select case when a.attname is null
                            then format('The column %s.%s is missing from the host''s tables; this program needs it.', t, c)
                            else format('The role %s may not read %s.%s; grant it: GRANT SELECT ON %s TO %s;',
                                        current_user, t, c, t, current_user) end
                from (values ('users', 'id'), ('users', 'phone_number'), ('users', 'name'), ('users', 'credits'),
                             ('users', 'created_at'),
                             ('payments', 'id'), ('payments', 'user_id'), ('payments', 'plan_type'),
                             ('payments', 'amount'), ('payments', 'credits_added'), ('payments', 'payment_status'),
                             ('payments', 'created_at'),
                             ('payment_plans', 'plan_type'), ('payment_plans', 'amount'),
                             ('payment_plans', 'credits')) as needed (t, c)
                left join pg_attribute a on a.attrelid = t::regclass and a.attname = c and not a.attisdropped
                where a.attname is null or not has_column_privilege(t, c, 'SELECT')
                """);
        requireOwnTables();
    }

    private void requireOwnTables() {
        refuseFirst("""
                select format('Row-level security hides rows of %s from the role %s; '
                              'use a role with BYPASSRLS, or one that a policy lets see every row as owner.',
                              t, current_user)
                from (values ('users'), ('payments'), ('payment_plans')) as host (t)
                where row_security_active(t)
                union all
                select format('The role %s may not %s %s; see db/grants.', current_user, p, t)
                from (values ('credit_rollover_events', 'SELECT'),
                             ('credit_rollover_skips', 'SELECT, INSERT'),
                             ('credit_rollover_waits', 'SELECT, INSERT'),
                             ('credit_rollover_dry_run_decisions', 'SELECT, INSERT'),
                             ('credit_rollover_runs', 'SELECT, INSERT, UPDATE'),
                             ('credit_rollover_outbox', 'SELECT, INSERT, UPDATE'),
                             ('credit_rollover_tallies', 'SELECT, INSERT, UPDATE'),
                             ('credit_rollover_leases', 'SELECT, INSERT, UPDATE'),
                             ('credit_rollover_tokens', 'SELECT, INSERT, UPDATE'),
                             ('credit_rollover_partitions', 'SELECT, INSERT, UPDATE'),
                             ('credit_rollover_claims', 'SELECT, INSERT, UPDATE'),
                             ('credit_rollover_channel_message', 'SELECT, INSERT, UPDATE, DELETE'),
                             ('batch_job_instance', 'SELECT, INSERT, UPDATE, DELETE'),
                             ('batch_job_execution', 'SELECT, INSERT, UPDATE'),
                             ('batch_job_execution_params', 'SELECT, INSERT'),
                             ('batch_job_execution_context', 'SELECT, INSERT, UPDATE'),
                             ('batch_step_execution', 'SELECT, INSERT, UPDATE'),
                             ('batch_step_execution_context', 'SELECT, INSERT, UPDATE')) as needed (t, ps),
                     unnest(string_to_array(ps, ', ')) as p
                where not has_table_privilege(t, p)
                union all
                select format('The role %s may not use the sequence %s; see db/grants.', current_user, s)
                from unnest(array['credit_rollover_message_seq', 'batch_job_instance_seq', 'batch_job_execution_seq',
                                  'batch_step_execution_seq']) as s
                where not has_sequence_privilege(s, 'USAGE')
                """);
    }

    /**
     * Checks that each eligible plan type is one that was ever sold or is on sale.
     *
     * @throws ExitException 78, naming the plan type
     */
    public void requirePlans(Set<String> eligiblePlanTypes) {
        List<String> onSale = planTypesOnSale();
        for (String planType : eligiblePlanTypes) {
            if (!onSale.contains(planType) && !wasEverSold(planType)) {
                throw new ExitException(
                        ExitCode.CONFIGURATION,
                        "rollover.plans." + planType
                                + " is eligible, but no such plan type is in payment_plans or payments;"
                                + " correct the name, or set ROLLOVER_PLANS_"
                                + planType.toUpperCase(java.util.Locale.ROOT) + "_ELIGIBLE=false.");
            }
        }
    }

    /** Returns the plan types of {@code payment_plans}. */
    public List<String> planTypesOnSale() {
        return jdbc.sql("select plan_type from payment_plans where plan_type is not null order by plan_type")
                .query(String.class)
                .list();
    }

    private boolean wasEverSold(String planType) {
        return jdbc.sql("select exists (select from payments where plan_type = :planType)")
                .param("planType", planType)
                .query(Boolean.class)
                .single();
    }

    private void refuseFirst(String query) {
        jdbc.sql(query).query(String.class).list().stream().findFirst().ifPresent(sentence -> {
            throw new ExitException(ExitCode.CONFIGURATION, sentence);
        });
    }
}
