package io.creditrollover.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MendTextTest {
    @Test
    void findsStatementsInCapitalsAnywhere() {
        assertThat(MendText.statements(
                        "users.credits is numeric. Set it right with ALTER TABLE users ALTER credits TYPE bigint;"
                                + " Then GRANT UPDATE (credits) ON users TO r; and run again."))
                .containsExactly("ALTER TABLE users ALTER credits TYPE bigint", "GRANT UPDATE (credits) ON users TO r");
    }

    @Test
    void findsStatementsInSmallLettersToo() {
        assertThat(MendText.statements(
                        "users.id is text; alter it: alter table users alter id type bigint using id::bigint;"
                                + " or `create view h.users as select 1;`"))
                .containsExactly(
                        "alter table users alter id type bigint using id::bigint", "create view h.users as select 1");
    }

    @Test
    void findsNothingInASentenceWithoutAStatement() {
        assertThat(MendText.statements("Set ROLLOVER_PLANS_X; grant the role more."))
                .isEmpty();
    }

    @Test
    void takesTheSchemaOfAdapterViewsForASetting() {
        assertThat(MendText.settings(MendText.statements("Do: create schema h; create view h.users as select 1;")))
                .containsExactly("rollover.host.schema=h");
    }
}
