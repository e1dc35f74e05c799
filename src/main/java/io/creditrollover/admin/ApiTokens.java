package io.creditrollover.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Random API tokens with a scope and an expiry. The table stores only hashes. */
@OnlyWhenServing
@Component
class ApiTokens {
    static final int MAX_TOKENS = 100;
    static final int MAX_DAYS = 366;

    private static final String PREFIX = "crt_";
    private static final int RANDOM_BYTES = 32;
    private static final int MAX_LENGTH = 100;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(JdbcClient jdbc, Audit audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
    }

    record Token(
            long id,
            String name,
            String scope,
            String createdBy,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt,
            boolean valid) {
        boolean mayOperate() {
            return scope.equals("operate");
        }
    }

    /**
     * Creates a token and its audit rows in one transaction. The returned text is not stored.
     *
     * @throws ApiException 400 if an argument or the number of valid tokens is out of bounds
     */
    String create(String name, String scope, int days, Actor who) {
        if (!name.matches("[A-Za-z0-9._-]{1,40}")) {
            throw ApiException.badRequest("A token's name has 1 to 40 letters, digits, dots, dashes and underscores.");
        }
        if (!scope.equals("view") && !scope.equals("operate")) {
            throw ApiException.badRequest("A token's scope is view or operate.");
        }
        if (days < 1 || days > MAX_DAYS) {
            throw ApiException.badRequest("A token is valid for 1 to " + MAX_DAYS + " days.");
        }
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        transaction.executeWithoutResult(status -> {
            long intent = audit.intend(new Audit.Intent(who, "make token", "token " + name, null));
            insert(name, scope, days, who, hash(token));
            audit.done(intent, "scope " + scope + ", valid for " + days + " days");
        });
        return token;
    }

    private void insert(String name, String scope, int days, Actor who, String hash) {
        int made = jdbc.sql("""
                        insert into credit_rollover_api_tokens (name, scope, hash, created_by, expires_at)
                        select :name, :scope, :hash, :who, clock_timestamp() + :days * interval '1 day'
                        where (select count(*) from credit_rollover_api_tokens
                               where revoked_at is null and expires_at > clock_timestamp()) < :max
                        """)
                .param("name", name)
                .param("scope", scope)
                .param("hash", hash)
                .param("who", who.name())
                .param("days", days)
                .param("max", MAX_TOKENS)
                .update();
        if (made == 0) {
            throw ApiException.badRequest("There are " + MAX_TOKENS + " valid tokens. Revoke one first.");
        }
    }

    /** @throws ApiException 404 if it is unknown or already revoked */
    void revoke(long id, Actor who) {
        transaction.executeWithoutResult(status -> {
            long intent = audit.intend(new Audit.Intent(who, "revoke token", "token number " + id, null));
            int revoked = jdbc.sql("""
                            update credit_rollover_api_tokens set revoked_at = clock_timestamp()
                            where id = :id and revoked_at is null
                            """).param("id", id).update();
            if (revoked == 0) {
                throw ApiException.notFound("There is no valid token " + id + " to revoke.");
            }
            audit.done(intent, "revoked");
        });
    }

    Optional<Token> find(String token) {
        if (!token.startsWith(PREFIX) || token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Optional<Token> found = jdbc.sql(SELECT + " where hash = :hash")
                .param("hash", hash(token))
                .query(ApiTokens::token)
                .optional()
                .filter(Token::valid);
        found.ifPresent(valid -> jdbc.sql("""
                        update credit_rollover_api_tokens set last_used_at = clock_timestamp()
                        where id = :id
                          and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')
                        """).param("id", valid.id()).update());
        return found;
    }

    List<Token> all() {
        return jdbc.sql(SELECT + " order by valid desc, id desc limit :max")
                .param("max", 2 * MAX_TOKENS)
                .query(ApiTokens::token)
                .list();
    }

    private static final String SELECT = """
            select id, name, scope, created_by, created_at, expires_at, revoked_at, last_used_at,
                   revoked_at is null and expires_at > clock_timestamp() as valid
            from credit_rollover_api_tokens
            """;

    private static Token token(ResultSet rs, int row) throws SQLException {
        return new Token(
                rs.getLong("id"),
                rs.getString("name"),
                rs.getString("scope"),
                rs.getString("created_by"),
                Objects.requireNonNull(instant(rs, "created_at")),
                Objects.requireNonNull(instant(rs, "expires_at")),
                instant(rs, "revoked_at"),
                instant(rs, "last_used_at"),
                rs.getBoolean("valid"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    private static String hash(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
