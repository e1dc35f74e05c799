package io.creditrollover.admin;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.session.Session;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

@OnlyWhenServing
@Component
class Sessions extends PeriodicWork {
    static final int MAX_PER_ACCOUNT = 20;

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private final JdbcIndexedSessionRepository sessions;
    private final Audit audit;

    Sessions(JdbcIndexedSessionRepository sessions, Audit audit) {
        super(ConnectionPools.threadsForPages("sessions"), INTERVAL, INTERVAL);
        this.sessions = sessions;
        this.audit = audit;
    }

    /** A failed audit write fails the login. */
    @EventListener
    void loggedIn(InteractiveAuthenticationSuccessEvent event) {
        String name = event.getAuthentication().getName();
        String address = event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "unknown";
        audit.note(new Audit.Intent(new Actor(name, address), "login", "console", null), "done", "logged in");
        endTheOldest(name);
    }

    private void endTheOldest(String name) {
        Map<String, ? extends Session> open = sessions.findByPrincipalName(name);
        open.values().stream()
                .sorted(Comparator.comparing(Session::getLastAccessedTime).reversed())
                .skip(MAX_PER_ACCOUNT - 1L)
                .forEach(oldest -> sessions.deleteById(oldest.getId()));
    }

    @Override
    void work() {
        try {
            sessions.cleanUpExpiredSessions();
        } catch (DataAccessException | TransactionException passing) {
            log.warn("Expired sessions could not be removed: {}", passing.getMessage());
        }
    }
}
