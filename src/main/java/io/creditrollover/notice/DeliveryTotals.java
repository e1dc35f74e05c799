package io.creditrollover.notice;

import io.creditrollover.notice.NotifyOutcome.RefusedAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what came of the notices of one call. Not thread-safe. */
final class DeliveryTotals {
    private static final int MAX_NAMED = 100;

    private long sent;
    private long notNeeded;
    private long refused;
    private long skipped;
    private final List<RefusedAddress> addresses = new ArrayList<>();
    private @Nullable String lastFailure;
    private boolean needsPerson;

    void closed(List<NoticeRows.Closed> closed) {
        for (NoticeRows.Closed one : closed) {
            if (one.status().equals("skipped")) {
                skipped++;
            } else {
                notNeeded++;
            }
        }
    }

    void results(List<Notice> notices, List<SendResult> results) {
        Map<Long, Notice> byId = notices.stream().collect(Collectors.toMap(Notice::id, Function.identity()));
        for (SendResult result : results) {
            switch (result.outcome()) {
                case ACCEPTED -> sent++;
                case SKIPPED -> skipped++;
                case REFUSED -> refused(Objects.requireNonNull(byId.get(result.noticeId())), result);
                case LATER, AWAY -> lastFailure = result.reason();
                case OFF -> {
                    lastFailure = result.reason();
                    needsPerson = true;
                }
            }
        }
    }

    private void refused(Notice notice, SendResult result) {
        refused++;
        if (addresses.size() < MAX_NAMED) {
            String address = result.address() == null ? "" : MailAddress.mask(result.address());
            addresses.add(new RefusedAddress(notice.userId(), address, String.valueOf(result.reason())));
        }
    }

    long sent() {
        return sent;
    }

    long notNeeded() {
        return notNeeded;
    }

    long refused() {
        return refused;
    }

    long skipped() {
        return skipped;
    }

    List<RefusedAddress> addresses() {
        return List.copyOf(addresses);
    }

    boolean needsPerson() {
        return needsPerson;
    }

    @Nullable String lastFailure() {
        return lastFailure;
    }
}
