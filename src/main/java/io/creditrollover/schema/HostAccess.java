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
                select format('The role %s may not update users.credits; grant it: GRANT UPDATE (credits) ON users TO %I;',
                              current_user, current_user)
                where not has_column_privilege('users', 'credits', 'UPDATE')
                """);
        requireRights("INSERT", "credit_rollover_events");
    }

    /**
     * Checks columns, grants and row-level security for {@code serve}, which keeps an audit and sessions.
     *
     * @throws ExitException 78, naming the first thing that is missing
     */
    public void requireForServing() {
        requireForReading();
        requireRights("SELECT, INSERT", "credit_rollover_audit");
        requireRights("SELECT, INSERT, UPDATE", "credit_rollover_api_tokens");
        requireRights(
                "SELECT, INSERT, UPDATE, DELETE",
                "credit_rollover_idempotency",
                "credit_rollover_known_addresses",
                "credit_rollover_sessions",
                "credit_rollover_sessions_attributes");
    }

    /**
     * Checks columns, grants and row-level security for anything that reads the host's tables and records a run.
     *
     * @throws ExitException 78, naming the first thing that is missing
     */
    public void requireForReading() {
        refuseFirst("""
                select case when a.attname is null
                            then format('The column %s.%s is missing; this program needs it: give it back its name, or '
                                        'point SPRING_DATASOURCE_URL at the database of the application.', t, c)
                            else format('The role %s may not read %s.%s; grant it: GRANT SELECT (%s) ON %s TO %I;',
                                        current_user, t, c, c, t, current_user) end
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
        requireEveryRow();
        new OwnTables(jdbc).requireWhole();
        requireOwnRights();
    }

    private void requireEveryRow() {
        refuseFirst("""
                select format('Row-level security hides rows of %s from the role %s; let it see them all: '
                              'ALTER ROLE %I BYPASSRLS;', t, current_user, current_user)
                from (values ('users'), ('payments'), ('payment_plans')) as host (t)
                where row_security_active(t)
                """);
    }

    private void requireOwnRights() {
        requireRights("SELECT", "credit_rollover_events");
        requireRights(
                "SELECT, INSERT",
                "credit_rollover_skips",
                "credit_rollover_waits",
                "credit_rollover_dry_run_decisions",
                "batch_job_execution_params");
        requireRights(
                "SELECT, INSERT, UPDATE",
                "credit_rollover_runs",
                "credit_rollover_outbox",
                "credit_rollover_tallies",
                "credit_rollover_leases",
                "credit_rollover_tokens",
                "credit_rollover_partitions",
                "credit_rollover_claims",
                "batch_job_execution",
                "batch_job_execution_context",
                "batch_step_execution",
                "batch_step_execution_context");
        requireRights("SELECT, INSERT, UPDATE, DELETE", "batch_job_instance", "credit_rollover_channel_message");
        refuseFirst("""
                select format('The role %s may not use the sequence %s; grant it: GRANT USAGE ON SEQUENCE %s TO %I;',
                              current_user, s, s, current_user)
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

    private void requireRights(String rights, String... tables) {
        refuseFirst(jdbc.sql("""
                        select format('The role %s may not %s %s; grant it: GRANT %s ON %s TO %I; '
                                      '(db/grants has all of them).', current_user, r, t, r, t, current_user)
                        from unnest(:tables) t, unnest(string_to_array(:rights, ', ')) r
                        where not has_table_privilege(t, r)
                        """).param("tables", tables).param("rights", rights));
    }

    private void refuseFirst(String query) {
        refuseFirst(jdbc.sql(query));
    }

    private static void refuseFirst(JdbcClient.StatementSpec query) {
        query.query(String.class).list().stream().findFirst().ifPresent(sentence -> {
            throw new ExitException(ExitCode.CONFIGURATION, sentence);
        });
    }
}
