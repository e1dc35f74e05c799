package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.TransactionSystemException;

/** A database that is away is one page, however the failure is wrapped. */
class DatabaseAwayTest {

    @Test
    void aConnectionThatBrokeIsSaidOnThePage() throws Exception {
        assertAway(new DataAccessResourceFailureException("lost", new SQLException("reset", "08006")));
    }

    @Test
    void aRollbackThatFailsTooHidesNothing() throws Exception {
        var failed = new TransactionSystemException("JDBC rollback failed", new SQLException("rollback", "25000"));
        failed.initApplicationException(new ServletException(new SQLException("terminated", "57P01")));

        assertAway(failed);
    }

    @Test
    void theNextUseOfABrokenConnectionIsTheSame() throws Exception {
        assertAway(new DataAccessResourceFailureException("lost", new SQLException("Connection is closed")));
    }

    @Test
    void aFullPoolAndAWrongStatementAreSomethingElse() {
        assertThatThrownBy(() -> answerTo(new DataAccessResourceFailureException(
                        "full", new SQLTransientConnectionException("Connection is not available"))))
                .hasMessageContaining("full");
        assertThatThrownBy(() -> answerTo(
                        new DataAccessResourceFailureException("wrong", new SQLException("no such table", "42P01"))))
                .hasMessageContaining("wrong");
    }

    private static void assertAway(RuntimeException failure) throws Exception {
        MockHttpServletResponse answer = answerTo(failure);
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getContentAsString()).contains("The database does not answer", "Nothing is lost");
    }

    private static MockHttpServletResponse answerTo(RuntimeException failure) throws Exception {
        var answer = new MockHttpServletResponse();
        new DatabaseAway().doFilter(new MockHttpServletRequest("GET", "/runs/1"), answer, (request, response) -> {
            throw failure;
        });
        return answer;
    }
}
