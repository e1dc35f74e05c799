package io.creditrollover.exit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.TypeMismatchDataAccessException;

/** A value of the host with a wrong type or out of bounds. */
final class UnusableValue {
    static final String SENTENCE =
            "A table, column or value of the database does not have the required type. Compare the column"
                    + " types and SPRING_DATASOURCE_URL with the documentation.";

    private static final List<Class<? extends RuntimeException>> SIGNS = List.of(
            ClassCastException.class,
            ArithmeticException.class,
            NumberFormatException.class,
            TypeMismatchDataAccessException.class,
            IncorrectResultSizeDataAccessException.class);

    private UnusableValue() {}

    static Optional<Throwable> in(Collection<? extends Throwable> failures) {
        return failures.stream()
                .flatMap(Causes::of)
                .filter(e -> !(e instanceof EmptyResultDataAccessException))
                .filter(e -> SIGNS.stream().anyMatch(sign -> sign.isInstance(e)))
                .findFirst()
                .map(Throwable.class::cast);
    }
}
