package io.creditrollover.people;

import java.util.List;

/**
 * The columns with personal data of the host's users. A test classifies each text column of the product's tables.
 *
 * <p>An erased number becomes null, not a word or its last four digits: null is already the value for a user without a
 * number, so each reader handles it, and four digits plus a user id can still identify a person.
 */
final class PersonalColumns {
    static final String EVENTS = "credit_rollover_events";
    static final String DRY_RUN_DECISIONS = "credit_rollover_dry_run_decisions";
    static final String NOTICES = "credit_rollover_notices";

    /** Erased by user id. */
    static final List<Column> ALL = List.of(
            new Column(EVENTS, "phone_number"),
            new Column(DRY_RUN_DECISIONS, "phone_number"),
            new Column(NOTICES, "address"));

    private PersonalColumns() {}

    record Column(String table, String name) {
        String qualified() {
            return table + "." + name;
        }
    }
}
