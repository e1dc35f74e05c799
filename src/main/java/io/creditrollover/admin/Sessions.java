package io.creditrollover.admin;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
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
class Sessions implements SmartLifecycle {
    static final int MAX_PER_ACCOUNT = 20;

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private final JdbcIndexedSessionRepository sessions;
    private final Audit audit;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(
                () -> {
                    ConnectionPools.workForPages();
                    work.run();
                },
                "sessions");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    Sessions(JdbcIndexedSessionRepository sessions, Audit audit) {
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

    private void prune() {
        try {
            sessions.cleanUpExpiredSessions();
        } catch (DataAccessException | TransactionException passing) {
            log.warn("Expired sessions could not be removed: {}", passing.getMessage());
        }
    }

    @Override
    public void start() {
        running = true;
        var unused = timer.scheduleWithFixedDelay(this::prune, 1, 1, TimeUnit.MINUTES);
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
