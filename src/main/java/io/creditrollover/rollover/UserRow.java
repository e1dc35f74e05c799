package io.creditrollover.rollover;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What is read of {@code users}: the key, the phone number for the event, and the balance. */
record UserRow(int id, String phoneNumber, int credits) {
    static UserRow of(ResultSet rs, int row) throws SQLException {
        return new UserRow(rs.getInt("id"), rs.getString("phone_number"), rs.getInt("credits"));
    }

    /** Hides the phone number from logs and exceptions. */
    @Override
    public String toString() {
        return "UserRow[id=" + id + "]";
    }
}
