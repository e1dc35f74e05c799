package io.creditrollover.shapes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One shape of a host and what the product must do with it. {@code src/test/resources/shapes/README.md} explains the keys.
 *
 * @param before SQL before the payments
 * @param pays payments added before the shape is applied
 * @param sql applied when the people are in and before the product sees the database
 * @param settings of the product, such as {@code rollover.host.schema=adapter}
 * @param migrateFirst settings of a {@code migrate} before the run; null without one
 * @param exits which are right
 * @param people balances after exit 0 that differ from {@link People#RIGHT}; null where only the judge decides
 * @param skips number of skips by reason code after exit 0; null where the contract leaves it open
 * @param mended balances after the mend that differ from those of {@code people}; several where the mend decides
 * @param eligible plan types that roll over
 * @param users from clause that maps the host's users to the contract's names
 * @param payments from clause that maps the host's payments to the contract's names
 * @param plans table that has the host's plans
 * @param check query that must return true after exit 0
 * @param doctor exits that are right for {@code doctor}
 */
record Shape(
        String name,
        String before,
        List<List<Object>> pays,
        String sql,
        List<String> settings,
        @Nullable List<String> migrateFirst,
        boolean asBatchRole,
        boolean approved,
        Set<Integer> exits,
        List<String> says,
        @Nullable Map<String, String> people,
        @Nullable Map<String, Integer> skips,
        Mend mend,
        Map<String, String> mended,
        Set<String> eligible,
        String users,
        String payments,
        String plans,
        @Nullable String check,
        Set<Integer> doctor) {

    /** What the sentence of an exit 78 must offer. */
    enum Mend {
        /** Statements after which the run succeeds with the right balances. */
        WORKS,
        /** Statements after which the run is not refused for the same reason and nobody loses a credit without proof. */
        JUDGED,
        /** Nothing, since no statement can mend it, or since the contract does not ask for one. */
        OPEN
    }

    /** The test's name. */
    @Override
    public String toString() {
        return name;
    }
}
