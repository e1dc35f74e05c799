package io.creditrollover.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One search for all that a support agent may know of a user: id, phone number in any spelling, its last four digits,
 * name. Never scans a large table: what needs one is left out, and the result says so. Reads only; thread-safe.
 */
@Component
public class UserLookup {
    private static final String LAST_FOUR = "right(regexp_replace(phone_number::text, '\\D', '', 'g'), 4) = :lastFour";
    private static final String DIGITS =
            "select id from users where regexp_replace(phone_number::text, '\\D', '', 'g') = :digits";

    private final UserQueries queries;
    private final UserNames names;
    private final ScanCost cost;

    UserLookup(UserQueries queries, UserNames names, ScanCost cost) {
        this.queries = queries;
        this.names = names;
        this.cost = cost;
    }

    /** What is known of a user beside the phone number. {@code name} is null where it may not be read. */
    public record Details(@Nullable String name, @Nullable Long credits) {}

    /**
     * Result of a search.
     *
     * @param users at most 50, by id
     * @param notSearched a sentence for each kind that was left out
     */
    public record Result(List<FoundUser> users, List<String> notSearched) {}

    public Result find(String query) {
        String typed = query.strip();
        Map<Long, FoundUser> found = new TreeMap<>();
        List<String> left = new ArrayList<>();
        Users.id(typed).map(queries::withId).ifPresent(users -> add(users, found));
        PhoneSpellings.of(typed).ifPresent(number -> byPhone(number, found, left));
        if (typed.matches("\\d{4}")) {
            byLastFour(typed, found, left);
        }
        if (typed.chars().anyMatch(Character::isLetter)) {
            byName(typed, found, left);
        }
        return new Result(found.values().stream().limit(UserQueries.MAX_FOUND).toList(), left);
    }

    /** Returns the users of an earlier search, at most 50. */
    public Result withIds(Collection<Long> ids) {
        List<FoundUser> found = ids.stream()
                .distinct()
                .limit(UserQueries.MAX_FOUND)
                .flatMap(id -> queries.withId(id).stream())
                .toList();
        return new Result(found, List.of());
    }

    /** Name and balance of one user; empty for a deleted one. */
    public Optional<Details> details(long userId) {
        return Optional.ofNullable(names.of(List.of(userId)).get(userId));
    }

    /** Names and balances; without deleted users. */
    public Map<Long, Details> details(Collection<Long> userIds) {
        return names.of(userIds);
    }

    /** Numbers that the host stores with separators have no index. */
    private void byPhone(PhoneSpellings number, Map<Long, FoundUser> found, List<String> left) {
        List<FoundUser> spelt = queries.spelt(number.withoutSeparators());
        add(spelt, found);
        if (!spelt.isEmpty() || number.digits().length() < PhoneSpellings.MIN_COMPARABLE) {
            return;
        }
        if (cost.isCheap(DIGITS, Map.of("digits", number.digits()))) {
            add(queries.withDigits(number), found);
        } else {
            left.add(
                    "Numbers that your application stores with spaces or dashes were not searched, because there are too"
                            + " many users. Type the number as it is stored, or the id.");
        }
    }

    private void byLastFour(String digits, Map<Long, FoundUser> found, List<String> left) {
        if (cost.isCheap("select id from users where " + LAST_FOUR, Map.of("lastFour", digits))) {
            add(queries.endingWith(digits), found);
        } else {
            left.add("The last four digits were not searched, because there are too many users and no index for it"
                    + " (db/optional/user-search.sql). Type the whole number or the id.");
        }
    }

    private void byName(String text, Map<Long, FoundUser> found, List<String> left) {
        if (!names.areReadable()) {
            left.add("Names were not searched, because this server may not read users.name. Type an id or a phone"
                    + " number.");
            return;
        }
        List<FoundUser> named = names.startingWith(text);
        if (named == null) {
            left.add("Names were not searched, because there are too many users and no index for it"
                    + " (db/optional/user-search.sql). Type the whole number or the id.");
        } else {
            add(named, found);
        }
    }

    private static void add(List<FoundUser> users, Map<Long, FoundUser> found) {
        users.forEach(user -> found.putIfAbsent(user.id(), user));
    }
}
