package io.creditrollover.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mock.env.MockEnvironment;

class NoticeMailServerTest {
    /** It ends the same way at every retry. */
    @Test
    void aSenderThatIsNoAddressIsAWrongSetting() {
        NoticeMailServer server = new NoticeMailServer(
                new StaticListableBeanFactory(Map.of("sender", new JavaMailSenderImpl()))
                        .getBeanProvider(JavaMailSender.class),
                new MockEnvironment().withProperty("spring.mail.properties.mail.from", "Shop, Inc <shop@example.com>"));
        NoticeMail mail = new NoticeMail(1, new UUID(0, 1), "asha@example.com", "A title", "A text", "<p>", null);

        assertThatThrownBy(() -> server.send(List.of(mail)))
                .isInstanceOfSatisfying(ExitException.class, wrong -> assertThat(wrong.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("spring.mail.properties.mail.from");
    }
}
