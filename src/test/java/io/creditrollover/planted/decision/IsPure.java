package io.creditrollover.planted.decision;

import java.time.LocalDate;

record IsPure(LocalDate date) {}
