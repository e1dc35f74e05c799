package io.creditrollover.notice;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.LiveRunCheck;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The configured ways to users. A live run that requires notices needs one: otherwise no credit could ever expire. */
@Component
class NoticeChannels implements LiveRunCheck {
    private final ObjectProvider<NoticeChannel> all;
    private final MailChannel mail;
    private final HostColumns columns;
    private final NoticeProperties notices;

    NoticeChannels(ObjectProvider<NoticeChannel> all, MailChannel mail, HostColumns columns, NoticeProperties notices) {
        this.all = all;
        this.mail = mail;
        this.columns = columns;
        this.notices = notices;
    }

    @Override
    public void require() {
        if (notices.required()) {
            ready();
        }
    }

    /**
     * Returns the configured channels, checked.
     *
     * @throws ExitException 78 for a wrong column or template, or if notices are required and there is no channel
     */
    List<NoticeChannel> ready() {
        List<NoticeChannel> ready =
                all.orderedStream().filter(NoticeChannel::isConfigured).toList();
        if (ready.isEmpty() && notices.required()) {
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "rollover.notices.required is true, but there is no way to tell a user. " + remedy());
        }
        columns.requireOptOut(notices.optOut());
        ready.forEach(NoticeChannel::requireReady);
        return ready;
    }

    /** Returns what switches a channel on. */
    String remedy() {
        String missing = mail.missing();
        return missing != null
                ? "rollover.notices.mail.address is set, but " + missing
                : "Set rollover.notices.mail.address and SPRING_MAIL_HOST, or a webhook.";
    }
}
