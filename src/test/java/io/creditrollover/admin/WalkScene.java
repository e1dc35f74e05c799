package io.creditrollover.admin;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.notify.OutboxDispatcher;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One console, one browser and one mail server for all walks. The lines to the console and to its database can die. */
final class WalkScene implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 120_000;

    final TestDatabase database = TestDatabase.migrated();
    final HostFixture host = HostFixture.in(database);
    final Obstacles obstacles = Obstacles.in(database);
    final Line toDatabase;
    final Line toConsole;
    final Browser browser;
    final ApiClient api;
    private final GreenMail mails = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    private final TestApplication console;

    WalkScene(Path profile) throws IOException {
        mails.start();
        toDatabase = Line.to(TestDatabase.port());
        toConsole = Line.to(0);
        console = ConsoleServer.start(
                database,
                "spring.datasource.url=jdbc:postgresql://localhost:" + toDatabase.port() + "/" + database.name(),
                "spring.mail.host=localhost",
                "spring.mail.port=" + mails.getSmtp().getPort(),
                "rollover.notification-email=ops@example.com",
                "rollover.admin.base-url=http://127.0.0.1:" + toConsole.port());
        toConsole.leadsTo(console.port());
        browser = Browser.on(toConsole.port(), profile);
        api = new ApiClient(console.port()).as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
    }

    /** Empties the database of the walk before once its runs have ended, and logs its person out. */
    void clear() throws Exception {
        obstacles.clear();
        obstacles.await("select not exists (select from credit_rollover_runs where status = 'RUNNING')");
        database.reset()
                .execute("alter table credit_rollover_audit disable trigger user")
                .truncate("credit_rollover_audit", "credit_rollover_sessions", "credit_rollover_forecasts")
                .execute("alter table credit_rollover_audit enable trigger user");
        mails.purgeEmailFromAllMailboxes();
    }

    Person person(Person.Way way) {
        return new Person(browser, way);
    }

    /** Starts a live run; returns the path of its API. */
    String run() {
        return api.post("/admin/run-rollover", "{\"approve\": \"first month\"}").header("Location");
    }

    /** Sends the mail as {@code serve} does once a minute; returns the path of its link. */
    String linkOfTheMail() throws Exception {
        console.bean(OutboxDispatcher.class).deliverPending(new StopSignal());
        if (!mails.waitForIncomingEmail(PATIENCE_MILLIS, 1)) {
            throw new AssertionError("no mail");
        }
        String text = text(mails.getReceivedMessages()[0]);
        Matcher link = Pattern.compile("http://127\\.0\\.0\\.1:" + toConsole.port() + "(/runs/\\d+)")
                .matcher(text);
        if (!link.find()) {
            throw new AssertionError("no link in " + text);
        }
        return link.group(1);
    }

    private static String text(Part part) throws Exception {
        if (!(part.getContent() instanceof Multipart several)) {
            return String.valueOf(part.getContent());
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < several.getCount(); i++) {
            all.append(text(several.getBodyPart(i))).append('\n');
        }
        return all.toString();
    }

    @Override
    public void close() {
        browser.close();
        console.close();
        toConsole.close();
        toDatabase.close();
        mails.stop();
    }
}
