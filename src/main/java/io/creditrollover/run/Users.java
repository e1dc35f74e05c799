package io.creditrollover.run;

import static java.util.stream.Collectors.joining;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Finds users by id, or by full phone number in any spelling; deleted users by their events. Reads only; thread-safe.
 *
 * <p>Cost: one index lookup for an id. For a phone number some thousand lookups in the host's index on
 * {@code phone_number}, about 10 ms; without an index on a text column, a scan of {@code users}. Without a match, a
 * second scan looks for separators: about 1 s for a million users. So a match without separators hides one with them.
 * Deleted users match by the spelling in their events.
 */
@Component
public class Users {
    /** A number with a leading zero or plus is never an id. */
    private static final Pattern ID = Pattern.compile("0|-?[1-9]\\d{0,18}");

    private static final BigInteger MAX_ID = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN_ID = BigInteger.valueOf(Long.MIN_VALUE);

    private final UserQueries queries;

    Users(UserQueries queries) {
        this.queries = queries;
    }

    /** Finds the one user for an id or full phone number. Rejects (64) none or several, listed masked. */
    public long find(String idOrPhone) {
        return one(whole(idOrPhone)).id();
    }

    /** Returns the id. Throws {@link ExitException} 64 if there is no such user, not even in recorded decisions. */
    public long requireId(long id) {
        return one(queries.withId(id)).id();
    }

    /** A user of the host, or of recorded decisions only if not {@code present}. */
    public record Recorded(long id, boolean present) {}

    /** As {@link #find}, but also finds deleted users by dry runs, whose decisions it then scans. */
    public Recorded findRecorded(String idOrPhone) {
        List<FoundUser> found = whole(idOrPhone);
        FoundUser user = one(found.isEmpty() ? inDryRuns(idOrPhone.strip()) : found);
        return new Recorded(user.id(), user.present());
    }

    private List<FoundUser> inDryRuns(String typed) {
        Set<String> spellings =
                PhoneSpellings.of(typed).map(PhoneSpellings::withoutSeparators).orElse(Set.of());
        return queries.inDryRuns(id(typed).orElse(null), spellings);
    }

    private static FoundUser one(List<FoundUser> found) {
        if (found.isEmpty()) {
            throw new ExitException(ExitCode.USAGE, "There is no user with this id or phone number.");
        }
        if (found.size() > 1) {
            throw new ExitException(ExitCode.USAGE, several(found));
        }
        return found.get(0);
    }

    private List<FoundUser> whole(String idOrPhone) {
        String typed = idOrPhone.strip();
        Map<Long, FoundUser> found = byId(id(typed).map(queries::withId).orElse(List.of()));
        boolean isId = !found.isEmpty();
        PhoneSpellings.of(typed)
                .map(number -> withPhone(number, isId))
                .orElse(List.of())
                .forEach(user -> found.put(user.id(), user));
        return List.copyOf(found.values());
    }

    /** A short id is no phone number with separators, so it needs no scan. */
    private List<FoundUser> withPhone(PhoneSpellings number, boolean isId) {
        List<FoundUser> spelt = queries.spelt(number.withoutSeparators());
        boolean done = !spelt.isEmpty() || (isId && number.digits().length() < PhoneSpellings.MIN_COMPARABLE);
        return done ? spelt : queries.withDigits(number);
    }

    static Optional<Long> id(String typed) {
        return Optional.of(typed)
                .filter(text -> ID.matcher(text).matches())
                .map(BigInteger::new)
                .filter(id -> id.compareTo(MAX_ID) <= 0 && id.compareTo(MIN_ID) >= 0)
                .map(BigInteger::longValueExact);
    }

    private static Map<Long, FoundUser> byId(List<FoundUser> users) {
        Map<Long, FoundUser> all = new TreeMap<>();
        users.forEach(user -> all.put(user.id(), user));
        return all;
    }

    private static String several(List<FoundUser> found) {
        return "Several users match: " + found.stream().map(FoundUser::sentence).collect(joining(", "))
                + (found.size() == UserQueries.MAX_FOUND ? " and perhaps more" : "")
                + ". Use the other identifier of the one you mean, id or phone number. Nothing was changed.";
    }
}
