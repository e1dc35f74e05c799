package io.creditrollover.planted.habits;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.Supplier;

class ReadsTheSystemClock {

    final LocalDateTime noZone = LocalDateTime.now();
    final LocalDate aZoneIsNotAClock = LocalDate.now(ZoneId.of("UTC"));
    final Supplier<Instant> byReference = Instant::now;
    final Clock notInjected = Clock.systemUTC();
    final long millis = System.currentTimeMillis();

    Instant allowed(Clock clock) {
        return Instant.now(clock);
    }
}
