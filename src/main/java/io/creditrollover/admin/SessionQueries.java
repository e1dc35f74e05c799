package io.creditrollover.admin;

import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;

/**
 * Sessions are rows, shared by all consoles. Concurrent requests of a browser may write the same attribute.
 *
 * <p>Spring Session writes the last access of each request. Here it writes once a minute. Otherwise each view of a page
 * would wait for the disk, and make the host's transactions wait for it.
 */
final class SessionQueries implements SessionRepositoryCustomizer<JdbcIndexedSessionRepository> {
    static final int ACCESS_WRITTEN_EVERY_MS = 60_000;

    private static final String UPDATE_SESSION = """
            update %%TABLE_NAME%% s
            set session_id = n.session_id, last_access_time = n.last_access_time,
                max_inactive_interval = n.max_inactive_interval, expiry_time = n.expiry_time,
                principal_name = n.principal_name
            from (values (?::text, ?::bigint, ?::integer, ?::bigint, ?::text, ?::text))
                as n (session_id, last_access_time, max_inactive_interval, expiry_time, principal_name, primary_id)
            where s.primary_id = n.primary_id
              and (s.last_access_time <= n.last_access_time - %s
                or s.session_id <> n.session_id
                or s.max_inactive_interval <> n.max_inactive_interval
                or s.principal_name is distinct from n.principal_name)
            """.formatted(ACCESS_WRITTEN_EVERY_MS);

    @Override
    public void customize(JdbcIndexedSessionRepository sessions) {
        new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(sessions);
        sessions.setUpdateSessionQuery(UPDATE_SESSION);
    }
}
