package io.creditrollover.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The schema of the host's tables.
 *
 * @param host null if not found
 * @param configured whether {@code rollover.host.schema} sets it
 * @param findings why it cannot be used
 */
record Place(@Nullable String host, boolean configured, String role, boolean superuser, List<Finding> findings) {
    private static final String USERS_ARE_IN = """
            select n.nspname::text as schema, has_schema_privilege(n.oid, 'USAGE') as usable
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relname::text = 'users' and c.relkind in ('r', 'p', 'v')
              and n.nspname::text <> all (array['pg_catalog', 'information_schema'])
            order by has_schema_privilege(n.oid, 'USAGE'), n.nspname::text = 'public' desc, 1
            """;

    private record Candidate(String schema, boolean usable) {}

    static Place find(JdbcClient jdbc, SearchPath path) {
        String role = jdbc.sql("select current_user::text").query(String.class).single();
        boolean superuser = jdbc.sql("select rolsuper from pg_roles where rolname = current_user")
                .query(Boolean.class)
                .single();
        SearchPath.Schemas schemas = path.resolved();
        List<Finding> findings = new ArrayList<>();
        if (path.configuredHost() != null) {
            configured(jdbc, path.configuredHost(), role, findings);
        } else if (schemas.host() == null) {
            findings.add(notFound(jdbc, schemas, role));
        } else if (!schemas.elsewhere().isEmpty()) {
            findings.add(scattered(schemas));
        }
        return new Place(schemas.host(), path.configuredHost() != null, role, superuser, findings);
    }

    private static void configured(JdbcClient jdbc, String schema, String role, List<Finding> findings) {
        Boolean usable = jdbc.sql(
                        "select has_schema_privilege(oid, 'USAGE') from pg_namespace where nspname::text = :schema")
                .param("schema", schema)
                .query(Boolean.class)
                .optional()
                .orElse(null);
        if (usable == null) {
            findings.add(Finding.error(
                    "rollover.host.schema",
                    "The schema " + schema
                            + " of rollover.host.schema does not exist. Correct the key, or create the"
                            + " schema with the views users and payments.",
                    ""));
        } else if (!usable) {
            findings.add(mayNotUse(schema, role));
        }
    }

    private static Finding mayNotUse(String schema, String role) {
        return Finding.error(
                schema,
                "The role " + role + " may not use the schema " + schema + ". Grant it:",
                "GRANT USAGE ON SCHEMA " + Identifiers.readable(schema) + " TO " + Identifiers.readable(role) + ";");
    }

    private static Finding notFound(JdbcClient jdbc, SearchPath.Schemas schemas, String role) {
        List<Candidate> candidates =
                jdbc.sql(USERS_ARE_IN).query(Candidate.class).list();
        for (Candidate candidate : candidates) {
            if (!candidate.usable()) {
                return mayNotUse(candidate.schema(), role);
            }
        }
        String what = "The table users was not found in this database (schema " + schemas.product()
                + ") or in the search_path of the role " + role
                + ". Point SPRING_DATASOURCE_URL to the database"
                + " of the application, or set rollover.host.schema to the schema of its tables"
                + (candidates.isEmpty() ? "" : ", such as " + candidates.get(0).schema())
                + ".";
        return Finding.error("users", what, "");
    }

    private static Finding scattered(SearchPath.Schemas schemas) {
        String[] first = schemas.elsewhere().get(0).split(" ", 2);
        return Finding.error(
                first[0],
                "The search_path finds users in the schema " + schemas.host() + " and " + first[0] + " in " + first[1]
                        + ". The table " + first[0]
                        + " may belong to another application (its user_id may refer to other users)."
                        + " Set rollover.host.schema to the schema of the application, or to a schema with views of both"
                        + " tables.",
                "");
    }

    /** Returns errors for missing tables. Beside adapter views payment_plans may be missing. */
    List<Finding> absent(Set<String> present, Supplier<String> views) {
        List<Finding> findings = new ArrayList<>();
        List<String> needed = configured ? List.of("users", "payments") : List.of("users", "payments", "payment_plans");
        for (String table : needed) {
            if (!present.contains(table)) {
                findings.add(Finding.error(
                        table,
                        configured
                                ? "The table " + table + " was not found in the schema " + host
                                        + " of rollover.host.schema."
                                        + " No other schema is searched. Create the view " + host + "."
                                        + table
                                        + "."
                                : "The table " + table + " was not found in this database (schema " + host + "). Point"
                                        + " SPRING_DATASOURCE_URL to the database of the application.",
                        ""));
            }
        }
        return findings;
    }
}
