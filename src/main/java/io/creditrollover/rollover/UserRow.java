package io.creditrollover.rollover;

/** What is read of {@code users}: the key, the phone number for the event, and the balance. */
record UserRow(int id, String phoneNumber, int credits) {
    /** Hides the phone number from logs and exceptions. */
    @Override
    public String toString() {
        return "UserRow[id=" + id + "]";
    }
}
