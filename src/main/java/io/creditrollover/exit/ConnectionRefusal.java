package io.creditrollover.exit;

import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Recognizes permanent errors of login, TLS, pool mode, or a parameter rejected by a pooler. */
final class ConnectionRefusal {
    static final String POOLER = "The connection pooler does not keep transactions together. Set its pool_mode to"
            + " transaction, or point SPRING_DATASOURCE_URL at the database itself.";

    private static final String LOGIN =
            "The database rejected the login. Check SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.";
    private static final String NOT_FROM_HERE = "The database server's pg_hba.conf does not allow this connection."
            + " Add a line for it. If the message says \"no encryption\", add sslmode=require to SPRING_DATASOURCE_URL instead.";
    private static final String NO_TLS = "The database server does not offer TLS, but SPRING_DATASOURCE_URL requires it"
            + " (sslmode, ssl). Enable TLS on the server.";
    private static final String CERTIFICATE =
            "The certificate of the database server is not trusted. Set sslrootcert in"
                    + " SPRING_DATASOURCE_URL to the file of its certificate authority.";
    private static final String SEARCH_PATH = "The connection pooler does not accept currentSchema. Remove it from"
            + " SPRING_DATASOURCE_URL and set it for the role: ALTER ROLE ... SET search_path = ...;";
    private static final String PARAMETER =
            "The connection pooler does not accept a parameter of SPRING_DATASOURCE_URL. Remove it.";

    private ConnectionRefusal() {}

    static Optional<String> sentence(SQLException failure) {
        String state = DatabaseRefusal.state(failure);
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (Causes.of(failure).anyMatch(CertificateException.class::isInstance) || words.contains("pkix")) {
            return Optional.of(CERTIFICATE);
        }
        if (words.contains("startup parameter")) {
            return Optional.of(words.contains("search_path") ? SEARCH_PATH : PARAMETER);
        }
        if (words.contains("statement pooling")) {
            return Optional.of(POOLER);
        }
        if (words.contains("pg_hba.conf")) {
            return Optional.of(NOT_FROM_HERE);
        }
        if (state.equals("08004")) {
            return Optional.of(words.contains("ssl") ? NO_TLS : LOGIN);
        }
        boolean pooler =
                state.equals("08P01") && (words.contains("authentication failed") || words.contains("no such user"));
        return state.startsWith("28") || pooler ? Optional.of(LOGIN) : Optional.empty();
    }
}
