package io.creditrollover.schema;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.host.HostTables;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the product's tables in another schema. Two installations for the same {@code users} would have two leases. The
 * comment of the lease table names its users.
 */
final class OtherInstallation {
    private static final String MARK = "For the users in ";

    private OtherInstallation() {}

    private record Other(String schema, @Nullable String mark) {}

    /**
     * Checks all schemas.
     *
     * @throws ExitException 78 naming the other schema; one without the comment, by an earlier version, counts as one
     *     for the same users
     */
    static void refuse(JdbcClient jdbc, @Nullable String product, HostTables host) {
        List<Other> others =
                jdbc.sql("""
                        select n.nspname::text as schema, obj_description(c.oid, 'pg_class') as mark
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where c.relname::text = 'credit_rollover_leases' and c.relkind = 'r'
                          and n.nspname::text <> :product::text
                        order by 1
                        """).param("product", product).query(Other.class).list();
        for (Other other : others) {
            if (other.mark() == null || other.mark().equals(markFor(host))) {
                throw new ExitException(
                        ExitCode.CONFIGURATION,
                        "The schema " + other.schema()
                                + " already has tables of this system for the same users, so"
                                + " two runs could work at once. Set rollover.schema (ROLLOVER_SCHEMA) to "
                                + other.schema()
                                + ", or set rollover.host.schema to a schema with other users.");
            }
        }
    }

    /** Names the users in the comment, if the role may change it. */
    static void mark(JdbcClient direct, String product, HostTables host) {
        direct.sql("""
                        select format('comment on table %I.%I is %L', n.nspname, c.relname, :mark::text)
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname::text = :product::text and c.relname::text = 'credit_rollover_leases'
                          and pg_has_role(c.relowner, 'USAGE')
                          and obj_description(c.oid, 'pg_class') is distinct from :mark::text
                        """)
                .param("mark", markFor(host))
                .param("product", product)
                .query(String.class)
                .optional()
                .ifPresent(comment -> direct.sql(comment).update());
    }

    private static String markFor(HostTables host) {
        return MARK + String.join(", ", host.behind("users"));
    }
}
