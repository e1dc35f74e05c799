package io.creditrollover.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The safety limits in words. Reads the sentences that a run stored: the key, a colon and figures.
 *
 * @param failed the exceeded ones
 * @param passed in words
 */
record LimitWords(List<Failed> failed, List<String> passed) {
    /** @param detail with the key and exact figures */
    record Failed(String sentence, String detail) {}

    private static final Map<String, String> PASSED = new LinkedHashMap<>();

    static {
        PASSED.put("rollover.safety.max-payment-silence", "Payments have come in recently");
        PASSED.put("rollover.safety.max-delay", "The month started in time");
        PASSED.put("rollover.safety.max-expired-factor", "About as much expires as usual");
        PASSED.put("rollover.skip-limit", "Few users are skipped");
        PASSED.put("rollover.safety.max-orphaned-payments", "Payments belong to known users");
        PASSED.put("policy", "The policy is that of the last run");
    }

    private static final Pattern SILENCE =
            Pattern.compile("no paid payment for ([\\d.]+) days \\(limit: ([\\d.]+) days\\)");
    private static final Pattern DELAY =
            Pattern.compile("the cut-off was ([\\d.]+) days ago \\(limit: ([\\d.]+) days\\)");
    private static final Pattern HIGH =
            Pattern.compile("([\\d.]+)% of (users|credits) would (expire|roll over), usually ([\\d.]+)%.*");
    private static final Pattern LIMIT = Pattern.compile("(rollover\\.[a-z-]+(?:\\.[a-z-]+)?): .*", Pattern.DOTALL);
    private static final String BLOCKED = "Blocked by safety limits; nothing was written: ";
    private static final String WOULD = "A live run would be blocked: ";

    /** @param message of a dry run or a blocked run; null if it exceeded none */
    static LimitWords of(@Nullable String message) {
        List<Failed> failed = new ArrayList<>();
        Map<String, String> passed = new LinkedHashMap<>(PASSED);
        for (String limit : limits(message)) {
            Matcher keyed = LIMIT.matcher(limit);
            String key = keyed.matches() ? keyed.group(1) : "policy";
            passed.remove(key);
            if (key.equals("rollover.safety.first-run")) {
                passed.remove("rollover.safety.max-expired-factor");
                passed.remove("policy");
            }
            failed.add(new Failed(sentence(key, limit.substring(keyed.matches() ? key.length() + 2 : 0)), limit));
        }
        return new LimitWords(failed, List.copyOf(passed.values()));
    }

    /** Returns the limits that compare with an earlier run only if there is one. */
    LimitWords compared(boolean withEarlierRun) {
        return withEarlierRun
                ? this
                : new LimitWords(
                        failed,
                        passed.stream()
                                .filter(words -> !words.equals(PASSED.get("policy"))
                                        && !words.equals(PASSED.get("rollover.safety.max-expired-factor")))
                                .toList());
    }

    /** Returns one limit in words, without its key. */
    static String plain(String limit) {
        Matcher keyed = LIMIT.matcher(limit);
        String key = keyed.matches() ? keyed.group(1) : "policy";
        return sentence(key, limit.substring(keyed.matches() ? key.length() + 2 : 0));
    }

    private static List<String> limits(@Nullable String message) {
        if (message == null) {
            return List.of();
        }
        int start = message.startsWith(BLOCKED) ? BLOCKED.length() : message.startsWith(WOULD) ? WOULD.length() : -1;
        if (start < 0) {
            return List.of();
        }
        int way = message.indexOf(". After a review, use run");
        String limits = message.substring(start, way < 0 ? message.length() : way);
        return Arrays.stream(limits.split("; (?=rollover\\.|the policy changed)"))
                .map(limit -> limit.endsWith(".") ? limit.substring(0, limit.length() - 1) : limit)
                .toList();
    }

    private static String sentence(String key, String figures) {
        Matcher silence = SILENCE.matcher(figures);
        if (silence.matches()) {
            return "No payment has come in for " + whole(silence.group(1)) + " days (limit " + whole(silence.group(2))
                    + "). Is the payment feed broken?";
        }
        Matcher delay = DELAY.matcher(figures);
        if (delay.matches()) {
            return "The month is " + whole(delay.group(1)) + " days late (limit " + whole(delay.group(2)) + ").";
        }
        Matcher unusual = HIGH.matcher(figures);
        if (unusual.matches()) {
            return unusual(unusual);
        }
        if (key.equals("rollover.safety.first-run")) {
            return "This is the first month: there is nothing to compare with. Please check the figures.";
        }
        return Character.toUpperCase(figures.charAt(0)) + figures.substring(1) + ".";
    }

    private static String unusual(Matcher found) {
        double now = Double.parseDouble(found.group(1));
        double usual = Double.parseDouble(found.group(4));
        String what = found.group(2) + " as usual would " + found.group(3) + ": ";
        String figures = Math.round(now) + " %, usually " + Math.round(usual) + " %.";
        return now > usual ? times(now, usual) + " as many " + what + figures : "Far fewer " + what + figures;
    }

    private static String times(double now, double usual) {
        long times = usual == 0 ? 0 : Math.round(now / usual);
        return times < 2 ? "More than usual, and" : times == 2 ? "About twice" : "About " + times + " times";
    }

    private static String whole(String number) {
        return String.valueOf((long) Double.parseDouble(number));
    }
}
