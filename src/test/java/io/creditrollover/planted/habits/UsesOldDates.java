package io.creditrollover.planted.habits;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;

class UsesOldDates {

    final Date date = new Date(0);
    final Calendar calendar = Calendar.getInstance();

    Instant allowed(Timestamp fromJdbc) {
        return fromJdbc.toInstant();
    }
}
