package io.creditrollover.notice;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Mail to users. Off until an address column and a server are configured. */
@Component
@Order(1)
class MailChannel implements NoticeChannel {
    static final String NAME = "mail";

    /** Of one conversation: SMTP timeouts apply to each step only. */
    private static final Duration TIMEOUT = Duration.ofSeconds(75);

    private static final Duration TIMEOUT_WHEN_STOPPED = Duration.ofSeconds(10);
    private static final long STEP_MILLIS = 100;
    private static final int MAX_BATCH = 50;

    private final NoticeProperties.Mail settings;
    private final HostColumns columns;
    private final NoticeMailServer server;
    private final ObjectProvider<NoticeMailRenderer> renderer;
    private final NoticeClock clock;

    MailChannel(
            NoticeProperties notices,
            HostColumns columns,
            NoticeMailServer server,
            ObjectProvider<NoticeMailRenderer> renderer,
            NoticeClock clock) {
        this.settings = notices.mail();
        this.columns = columns;
        this.server = server;
        this.renderer = renderer;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isConfigured() {
        return settings.address() != null && server.isConfigured();
    }

    /** Returns why it is off although an address is configured; null otherwise. */
    @Nullable String missing() {
        return settings.address() != null && !server.isConfigured() ? "SPRING_MAIL_HOST is not set." : null;
    }

    @Override
    public void requireReady() {
        columns.requireAddress(address());
        renderer.getObject().requireTemplates();
    }

    private String address() {
        return Objects.requireNonNull(settings.address());
    }

    @Override
    public int batchSize() {
        return Math.min(MAX_BATCH, settings.perSecond());
    }

    @Override
    public int perSecond() {
        return settings.perSecond();
    }

    @Override
    public List<SendResult> send(List<Notice> notices, StopSignal signal) {
        Map<Long, String> stored = columns.addresses(
                address(), notices.stream().map(Notice::userId).toList());
        List<SendResult> results = new ArrayList<>();
        List<NoticeMail> mails = new ArrayList<>();
        for (Notice notice : notices) {
            MailAddress address = MailAddress.of(stored.get(notice.userId()));
            if (address.usable() == null) {
                results.add(SendResult.skipped(notice.id(), String.valueOf(address.unusableBecause())));
            } else {
                mails.add(renderer.getObject().write(notice, address.usable(), clock.now()));
            }
        }
        if (!mails.isEmpty()) {
            results.addAll(converse(mails, signal));
        }
        return results;
    }

    private List<SendResult> converse(List<NoticeMail> mails, StopSignal signal) {
        FutureTask<List<SendResult>> task = new FutureTask<>(() -> server.send(mails));
        Thread thread = new Thread(task, "notices");
        thread.setDaemon(true);
        thread.start();
        long start = System.nanoTime();
        while (true) {
            try {
                return task.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(failed.getCause());
            } catch (TimeoutException notYet) {
                Duration timeout = signal.isRequested() ? TIMEOUT_WHEN_STOPPED : TIMEOUT;
                if (System.nanoTime() - start > timeout.toNanos()) {
                    return NoticeMailServer.unknown(mails, "The mail server took longer than " + timeout + ".");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return NoticeMailServer.unknown(mails, "interrupted");
            }
        }
    }
}
