package io.creditrollover.host;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Surveys the host's data, for comparison with the configuration. Reads whole tables. */
@Component
public class HostSurvey {
    private static final Set<String> KNOWN = Set.of("paid", "pending", "failed", "refunded");

    private final JdbcClient jdbc;
    private final SearchPath path;
    private final PlanTypes plans;

    HostSurvey(JdbcClient jdbc, SearchPath path, PlanTypes plans) {
        this.jdbc = jdbc;
        this.path = path;
        this.plans = plans;
    }

    /**
     * A payment status and its frequency.
     *
     * @param status null for payments without one
     * @param meaning {@code paid}, {@code pending}, {@code unpaid} or {@code unknown}
     */
    public record Status(@Nullable String status, long payments, String meaning) {}

    /**
     * A plan type and its configuration.
     *
     * @param planType null for payments without one
     * @param onSale whether payment_plans has it
     * @param configured whether rollover.plans or a default names it
     */
    public record PlanType(
            @Nullable String planType, long payments, boolean onSale, boolean configured, boolean eligible) {}

    /** Returns all statuses, the most frequent first. */
    public List<Status> statuses(Set<String> unpaidStatuses) {
        return jdbc.sql("""
                        select payment_status::text as status, count(*) as payments from payments
                        group by 1 order by 2 desc, 1 limit 100
                        """)
                .query((rs, row) -> {
                    String status = rs.getString("status");
                    return new Status(status, rs.getLong("payments"), meaning(status, unpaidStatuses));
                })
                .list();
    }

    private static String meaning(@Nullable String status, Set<String> unpaidStatuses) {
        if (status == null || (!KNOWN.contains(status) && !unpaidStatuses.contains(status))) {
            return "unknown";
        }
        return status.equals("paid") || status.equals("pending") ? status : "unpaid";
    }

    /** Returns all plan types of payments, payment_plans and the configuration. */
    public List<PlanType> planTypes() {
        List<String> onSale = plans.onSale();
        Map<String, Boolean> configured = plans.configuredEligible();
        List<PlanType> found = new ArrayList<>(jdbc.sql("""
                        select plan_type::text as plan_type, count(*) as payments from payments
                        group by 1 order by 2 desc, 1 limit 100
                        """)
                .query((rs, row) -> planType(rs.getString("plan_type"), rs.getLong("payments"), onSale, configured))
                .list());
        onSale.stream()
                .filter(planType -> found.stream().noneMatch(one -> planType.equals(one.planType())))
                .forEach(planType -> found.add(planType(planType, 0, onSale, configured)));
        return found;
    }

    private static PlanType planType(
            @Nullable String planType, long payments, List<String> onSale, Map<String, Boolean> configured) {
        return new PlanType(
                planType,
                payments,
                planType != null && onSale.contains(planType),
                planType != null && configured.containsKey(planType),
                planType != null && configured.getOrDefault(planType, false));
    }

    /** Returns the number of paid payments without a user, from {@code since} on. */
    public long orphans(Instant since) {
        return jdbc.sql("""
                        select count(*) from payments p left join users u on u.id = p.user_id
                        where p.payment_status::text = 'paid' and p.created_at >= :since and u.id is null
                        """)
                .param("since", OffsetDateTime.ofInstant(since, ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** Returns at most {@code most} ids of users with credits. */
    public List<Long> someUsers(int most) {
        return jdbc.sql("select id from users where credits > 0 order by id desc limit :most")
                .param("most", most)
                .query(Long.class)
                .list();
    }

    /** Warns about roles with CREATE on these schemas: their objects could replace those of our statements. */
    public List<Finding> openSchemas() {
        SearchPath.Schemas schemas = path.resolved();
        List<Finding> findings = new ArrayList<>(jdbc.sql("""
                        select distinct n.nspname::text as schema,
                               case when a.grantee = 0 then 'PUBLIC' else r.rolname::text end as grantee
                        from pg_namespace n, aclexplode(n.nspacl) a left join pg_roles r on r.oid = a.grantee
                        where n.nspname::text in (:product::text, :host::text) and a.privilege_type = 'CREATE'
                          and a.grantee <> n.nspowner and not coalesce(r.rolsuper, false)
                          and coalesce(r.rolname::text, '') not in (current_user::text, 'pg_database_owner')
                          and not exists (select from pg_class c
                                          where c.relnamespace = n.oid and c.relname::text = 'credit_rollover_leases'
                                            and c.relowner = a.grantee)
                        order by 1, 2
                        """)
                .param("product", schemas.product())
                .param("host", schemas.host())
                .query((rs, row) -> {
                    String schema = rs.getString("schema");
                    String grantee = rs.getString("grantee");
                    return Finding.warning(
                            "schema " + schema,
                            grantee + " may create objects in the schema " + schema
                                    + ". This program's statements use that schema.",
                            "REVOKE CREATE ON SCHEMA " + Identifiers.readable(schema) + " FROM "
                                    + (grantee.equals("PUBLIC") ? grantee : Identifiers.readable(grantee)) + ";");
                })
                .list());
        return findings;
    }

    /** Warns about operators of ordinary roles with the name of a built-in one. */
    public List<Finding> strangeOperators() {
        SearchPath.Schemas schemas = path.resolved();
        return jdbc.sql("""
                        select o.oid::regoperator::text as operator, r.rolname::text as owner
                        from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
                        join pg_roles r on r.oid = o.oprowner
                        where n.nspname::text in (:product::text, :host::text)
                          and not r.rolsuper and r.rolname <> current_user
                          and exists (select from pg_operator p
                                      where p.oprname = o.oprname and p.oprnamespace = 'pg_catalog'::regnamespace)
                        order by 1
                        """)
                .param("product", schemas.product())
                .param("host", schemas.host())
                .query((rs, row) -> Finding.warning(
                        "operator " + rs.getString("operator"),
                        "The role " + rs.getString("owner") + " created the operator " + rs.getString("operator")
                                + ", which replaces a built-in one.",
                        "DROP OPERATOR " + rs.getString("operator") + ";"))
                .list();
    }
}
