package io.creditrollover.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of a database show the last four digits of a phone number, however it is spelt, and whole dates and addresses. */
class MaskedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user +919876543210 has no plan|user +********3210 has no plan",
                "Key (phone_number)=(+91 98765-43210) exists|Key (phone_number)=(+** *****-*3210) exists",
                "no 98.76.54.32.10|no **.**.**.32.10",
                "(080) 2345 6789 refused|(***) **** 6789 refused",
                "1234567|***4567",
                "balance 123456 is too low|balance 123456 is too low",
                "on 2026-11-01 00:00:00+05:30 and 2026-11-26T10:11:12.123456|on 2026-11-01 00:00:00+05:30 and 2026-11-26T10:11:12.123456",
                "on 2026-11-01 9876543210|on 2026-11-01 ******3210",
                "Connection to 192.168.100.200:5432 refused|Connection to 192.168.100.200:5432 refused",
                "run 12 of user 345|run 12 of user 345"
            })
    void showsFourDigits(String words, String shown) {
        assertThat(Masked.text(words)).isEqualTo(shown);
    }

    @Test
    void aStackTraceShowsFourDigitsOfEachMessage() {
        Exception failure =
                new IllegalStateException("outer 9876543210", new IllegalArgumentException("inner 9876543211"));
        failure.addSuppressed(new IllegalStateException("beside 9876543212"));
        StringWriter shown = new StringWriter();

        Masked.trace(failure).printStackTrace(new PrintWriter(shown, true));

        assertThat(shown.toString())
                .contains("outer ******3210", "inner ******3211", "beside ******3212", "IllegalStateException")
                .contains("MaskedTest.aStackTraceShowsFourDigitsOfEachMessage")
                .doesNotContain("987654");
    }

    @Test
    void oneLineOfADatabaseIsWhatItSaidFirst() {
        assertThat(Masked.firstLine(new IllegalStateException("ERROR: no 9876543210\n  Where: somewhere")))
                .isEqualTo("no ******3210");
        assertThat(Masked.firstLine(new IllegalStateException())).isEqualTo("IllegalStateException");
    }
}
