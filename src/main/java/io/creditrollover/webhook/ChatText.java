package io.creditrollover.webhook;

import io.creditrollover.exit.Masked;
import io.creditrollover.report.ReportFormats;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One sentence or two for people in a chat, masked. */
final class ChatText {
    private ChatText() {}

    static String of(FeedEntry entry) {
        JsonNode data = JsonMapper.shared().readTree(Objects.requireNonNull(entry.details()));
        return Masked.text("Credit rollover of " + entry.rolloverDate() + " " + what(entry, data));
    }

    private static String what(FeedEntry entry, JsonNode data) {
        String execution = data.has("executionId")
                ? " (execution " + data.path("executionId").asString() + ")"
                : "";
        return switch (entry.type()) {
            case RUN_COMPLETED ->
                "completed" + execution + ": " + number(data, "usersRolledOver") + " users rolled over, "
                        + number(data, "usersExpired") + " expired with " + number(data, "creditsExpired")
                        + " credits, " + number(data, "usersSkipped") + " skipped.";
            case RUN_FAILED -> data.path("status").asString() + execution + ". " + cause(data);
            case RUN_BLOCKED -> "BLOCKED" + execution + ". No credits were changed. " + cause(data);
            case MONTH_OVERDUE -> "is overdue. To run it: credit-rollover run --date " + entry.rolloverDate();
            case RUN_UNDONE, DECISIONS, REINSTATEMENTS, NOTICES -> throw new IllegalStateException("not for people");
        };
    }

    private static String cause(JsonNode data) {
        return data.path("message").asString("");
    }

    /** With commas: seven digits in a row would be masked as a phone number. */
    private static String number(JsonNode data, String name) {
        return ReportFormats.number(data.path(name).asLong());
    }
}
