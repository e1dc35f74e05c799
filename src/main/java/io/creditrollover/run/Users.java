package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds users by what people know of them. Reads only. */
@Component
public class Users {
    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the id of the user with this id or phone number; an id goes first.
     *
     * @throws ExitException 64 when there is none
     */
    public long find(String idOrPhone) {
        return byId(idOrPhone)
                .or(() -> byPhone(idOrPhone))
                .orElseThrow(() -> new ExitException(ExitCode.USAGE, "There is no user with this id or phone number."));
    }

    private Optional<Long> byId(String id) {
        return id.matches("-?\\d{1,19}")
                ? jdbc.sql("select id from users where id = :id")
                        .param("id", Long.valueOf(id))
                        .query(Long.class)
                        .optional()
                : Optional.empty();
    }

    private Optional<Long> byPhone(String phone) {
        return jdbc.sql("select id from users where phone_number::text = :phone")
                .param("phone", phone)
                .query(Long.class)
                .optional();
    }
}
