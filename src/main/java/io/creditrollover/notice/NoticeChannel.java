package io.creditrollover.notice;

import io.creditrollover.lease.StopSignal;
import java.util.List;

/**
 * A way to users. Beans of this type get the planned notices of their name, in the order of their ids, one batch after the
 * other; one process at a time. Killed between an acceptance and its record, a notice comes again with the same id.
 */
public interface NoticeChannel {
    /** Returns the name in {@code credit_rollover_notices.channel}: {@code mail} or {@code webhook}. */
    String name();

    /** Returns whether it can be used; otherwise nothing is planned for it. */
    boolean isConfigured();

    /**
     * Checks its settings against the host, before anything is planned.
     *
     * @throws io.creditrollover.exit.ExitException 78 with the fix
     */
    void requireReady();

    /** Returns the maximum number of notices in a batch. */
    int batchSize();

    /** Returns the maximum number of notices in a second. */
    int perSecond();

    /**
     * Sends a batch outside any transaction, with its own timeouts.
     *
     * @return one result for each notice; none for a notice that is no longer to be told, or is left to the next call
     */
    List<SendResult> send(List<Notice> notices, StopSignal signal);
}
