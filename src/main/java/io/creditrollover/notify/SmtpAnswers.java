package io.creditrollover.notify;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** What the answer of a mail server is about. */
public final class SmtpAnswers {
    /** Also of a server that wants TLS first. */
    private static final int LOGIN_REQUIRED = 530;

    private SmtpAnswers() {}

    /** Returns the SMTP code; -1 if the failure is no answer, or the connection ended. */
    public static int code(Throwable failure) {
        return failure instanceof SMTPSendFailedException send
                ? send.getReturnCode()
                : failure instanceof SMTPAddressFailedException address ? address.getReturnCode() : -1;
    }

    /** Returns whether each mail of this sender would get this answer, whoever receives it. */
    public static boolean isAboutSender(Throwable failure) {
        boolean toSender = failure instanceof SMTPSendFailedException send
                && send.getCommand().startsWith("MAIL");
        return toSender || code(failure) == LOGIN_REQUIRED;
    }
}
