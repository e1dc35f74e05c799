package io.creditrollover.rollover;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

record UserRow(long id, @Nullable String phoneNumber, long credits) {
    /** Reads id, phone number and credits, in this order. */
    static UserRow of(ResultSet rs, int row) throws SQLException {
        return new UserRow(rs.getLong(1), rs.getString(2), rs.getLong(3));
    }

    /** Hides the phone number. */
    @Override
    public String toString() {
        return "UserRow[id=" + id + "]";
    }
}
