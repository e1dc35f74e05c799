package io.creditrollover.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.schema.GrantedDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody without any right in the tables has put operators into the schema that the batch role looks into. */
class StrangeOperatorsTest {
    private static final List<String> PAIRS =
            List.of("varchar, varchar", "text, varchar", "varchar, text", "bpchar, text");

    private final TestDatabase database = GrantedDatabase.made().copy();
    private final HostFixture.User lapsed = HostFixture.in(database).aLapsedUser();

    private static List<String> operators() {
        List<String> statements = new ArrayList<>(List.of(
                "do $$ begin if to_regrole('mallory') is null then create role mallory; end if; end $$",
                "grant create on schema public to mallory",
                "set role mallory"));
        for (String pair : PAIRS) {
            String[] sides = pair.split(", ");
            statements.add("create function public.trap(" + pair + ") returns boolean language plpgsql as"
                    + " $$ begin raise exception 'trapped by % of (" + pair + ")', current_user; end $$");
            for (String operator : List.of("=", "<>", "<", ">", "<=", ">=", "~~")) {
                statements.add("create operator public." + operator + " (leftarg = " + sides[0] + ", rightarg = "
                        + sides[1] + ", function = public.trap)");
            }
        }
        return statements;
    }

    @Test
    void noStatementOfAMonthRunsThem() {
        database.execute(operators().toArray(String[]::new));
        HostFixture.in(database).manyUsers(200);
        Cli product = GrantedDatabase.as(GrantedDatabase.BATCH, database);

        fine(product.run("run", "--dry-run"));
        fine(product.run("forecast"));
        Cli.Result run = fine(product.run("run", "--approve=a test", "--json"));
        String execution = run.json().path("executionId").asString();
        fine(product.run("status"));
        fine(product.run("report", execution));
        fine(product.run("explain", String.valueOf(lapsed.id())));
        fine(product.run("undo", execution, "--reason=a test"));
        fine(product.run("run", "--approve=a test"));

        assertThat(HostFixture.in(database).creditsOf(lapsed)).isZero();
    }

    @Test
    void doctorNamesThemAndWhoMayMakeMore() {
        database.execute(operators().toArray(String[]::new));

        Cli.Result doctor = GrantedDatabase.as(GrantedDatabase.BATCH, database).run("doctor", "--json");

        assertThat(doctor.exitCode()).as(doctor.err()).isZero();
        assertThat(doctor.json().path("findings").toString())
                .contains("DROP OPERATOR =(text,character varying)", "REVOKE CREATE ON SCHEMA public FROM mallory");
    }

    private static Cli.Result fine(Cli.Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("trapped");
        return result;
    }
}
