package io.creditrollover.demo;

import io.creditrollover.notice.NoticeKind;
import io.creditrollover.notice.NoticePreviews;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the notices that users of the demo would get as files, to look at in a browser. Nothing is sent. */
final class DemoMails {
    static final Path DIRECTORY = Path.of("target", "demo-mails");

    private static final int TRIED = 50;

    private final JdbcClient jdbc;
    private final DemoTerminal terminal;

    DemoMails(DemoDatabase database, DemoTerminal terminal) {
        this.jdbc = JdbcClient.create(database.dataSource());
        this.terminal = terminal;
    }

    void write() {
        terminal.heading("What users would be told");
        try (ConfigurableApplicationContext product = new SpringApplicationBuilder(DemoContext.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(true)
                .run()) {
            NoticePreviews previews = product.getBean(NoticePreviews.class);
            for (NoticeKind kind : NoticeKind.values()) {
                write(kind, ofAUser(previews, kind).orElseGet(() -> previews.sample(kind)));
            }
        }
    }

    private Optional<NoticePreviews.Preview> ofAUser(NoticePreviews previews, NoticeKind kind) {
        String users = kind == NoticeKind.EXPIRING
                ? "select id from users where credits > 0 order by credits desc, id limit :limit"
                : "select user_id from credit_rollover_events where credits_before > credits_after"
                        + " order by credits_before - credits_after desc, id limit :limit";
        List<Long> ids = jdbc.sql(users).param("limit", TRIED).query(Long.class).list();
        return ids.stream().flatMap(id -> previews.of(id, kind).stream()).findFirst();
    }

    private void write(NoticeKind kind, NoticePreviews.Preview preview) {
        Path html = DIRECTORY.resolve("notice-" + kind.code() + ".html");
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(html, preview.html());
            Files.writeString(DIRECTORY.resolve("notice-" + kind.code() + ".txt"), preview.text());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        terminal.line("  %-28s %s", html.getFileName(), preview.subject());
    }
}
