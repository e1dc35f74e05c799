package io.creditrollover.rollover;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

record UserRow(long id, @Nullable String phoneNumber, long credits) {
    static UserRow of(ResultSet rs, int row) throws SQLException {
        return new UserRow(rs.getLong("id"), rs.getString("phone_number"), rs.getLong("credits"));
    }

    /** Hides the phone number. */
    @Override
    public String toString() {
        return "UserRow[id=" + id + "]";
    }
}
