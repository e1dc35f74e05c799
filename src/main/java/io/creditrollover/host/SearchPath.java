package io.creditrollover.host;

import io.creditrollover.config.RolloverProperties;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Looks names up only in the host's schema and the product's. Every transaction sets the path. So no role setting and
 * no object in another schema changes the meaning of a name. Thread-safe.
 */
@Component
public class SearchPath {
    private static final String RESOLVE = """
            with path as (
                select s as schema, n from unnest(pg_catalog.current_schemas(false)) with ordinality as p (s, n)
                where s <> 'pg_catalog'),
            found as (
                select distinct on (c.relname) c.relname::text as name, p.schema::text as schema from path p
                join pg_catalog.pg_namespace n on n.nspname = p.schema
                join pg_catalog.pg_class c on c.relnamespace = n.oid
                                          and c.relname in ('users', 'payments', 'payment_plans')
                                          and c.relkind in ('r', 'p', 'v', 'm', 'f')
                order by c.relname, p.n)
            select coalesce(?::text, (select schema::text from path order by n limit 1)) as product,
                   coalesce(?::text, (select schema from found where name = 'users')) as host,
                   (select array_agg(name || ' ' || schema order by name) from found
                    where schema <> (select schema from found where name = 'users')) as elsewhere
            """;

    private final DataSource pool;
    private final @Nullable String configuredProduct;
    private final @Nullable String configuredHost;
    private volatile @Nullable Schemas schemas;

    SearchPath(DataSource pool, RolloverProperties properties) {
        this.pool = pool;
        this.configuredProduct = properties.schema();
        this.configuredHost = properties.host().schema();
    }

    /**
     * The resolved schemas.
     *
     * @param product null if the role's search path names no existing schema
     * @param host the schema of {@code users}; null if not found
     * @param elsewhere host tables in another schema: name, blank, schema
     */
    public record Schemas(
            @Nullable String product, @Nullable String host, List<String> elsewhere) {
        /** The host's schema comes first, because its names have no prefix. */
        String path() {
            return Stream.concat(
                            Stream.of(host, product).filter(Objects::nonNull).distinct(), Stream.of("pg_temp"))
                    .map(schema -> Identifiers.quoted(Objects.requireNonNull(schema)))
                    .collect(Collectors.joining(", "));
        }
    }

    @Nullable String configuredHost() {
        return configuredHost;
    }

    /** Returns the product's schema; null if the role's search path names no existing one. */
    public @Nullable String product() {
        return resolved().product();
    }

    /** Returns the product's schema prefix, for statements without this path; may be empty. */
    public String qualifier() {
        String product = product();
        return product == null ? "" : Identifiers.quoted(product) + ".";
    }

    /** Resolves the schemas in a session of the pool; caches them. */
    Schemas resolved() {
        Schemas known = schemas;
        if (known != null) {
            return known;
        }
        try (Connection connection = pool.getConnection()) {
            return schemas(connection);
        } catch (SQLException unreachable) {
            throw new CannotGetJdbcConnectionException("no connection to read the catalogue on", unreachable);
        }
    }

    /** Clears the cache: the host may move its tables between two commands. */
    public void forget() {
        schemas = null;
    }

    /** Resolves the schemas in this session, and caches them. Rolls back the caller's transaction if not cached. */
    public Schemas schemas(Connection connection) throws SQLException {
        Schemas known = schemas;
        if (known == null) {
            known = read(connection);
            schemas = known;
        }
        return known;
    }

    /** Returns the statement for one transaction. */
    public String toSql(Connection connection) throws SQLException {
        return "set local search_path = " + schemas(connection).path();
    }

    private Schemas read(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0");
            }
        }
        try (PreparedStatement query = connection.prepareStatement(RESOLVE)) {
            query.setString(1, configuredProduct);
            query.setString(2, configuredHost);
            try (ResultSet found = query.executeQuery()) {
                found.next();
                Array elsewhere = configuredHost == null ? found.getArray("elsewhere") : null;
                return new Schemas(
                        found.getString("product"),
                        found.getString("host"),
                        elsewhere == null ? List.of() : List.of((String[]) elsewhere.getArray()));
            }
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    static List<String> tables() {
        return List.of("users", "payments", "payment_plans");
    }
}
