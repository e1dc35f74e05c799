package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.TestDatabase;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A schema that the URL names and the connection does not have is an error, not another set of tables. */
class SearchPathCheckTest {
    private final TestDatabase database = TestDatabase.empty().execute("create schema app");

    @Test
    void aPoolerThatIgnoresTheSchemaIsToldOf() {
        SearchPathCheck check = check("?currentSchema=app", "");

        ExitException refused = catchThrowableOfType(ExitException.class, check::require);

        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(refused.sentence()).contains("currentSchema", "ALTER ROLE postgres SET search_path = app;");

        database.execute("alter role postgres in database " + database.name() + " set search_path = app");
        assertThatCode(check::require).doesNotThrowAnyException();
    }

    @Test
    void whatCameThroughPasses() {
        assertThatCode(check("?currentSchema=app,public", "?currentSchema=app,public")::require)
                .doesNotThrowAnyException();
        assertThatCode(check("", "")::require).doesNotThrowAnyException();
    }

    private SearchPathCheck check(String asked, String given) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url() + given);
        source.setUser(TestDatabase.USERNAME);
        JdbcConnectionDetails details = new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return TestDatabase.USERNAME;
            }

            @Override
            public String getPassword() {
                return "";
            }

            @Override
            public String getJdbcUrl() {
                return database.url() + asked;
            }
        };
        return new SearchPathCheck(details, JdbcClient.create(source));
    }
}
