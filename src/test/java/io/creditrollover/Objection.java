package io.creditrollover;

import java.util.List;

/**
 * Ways in which a host's database objects to a new balance: of the users whose column {@code guarded} is true, where {@link
 * #of} was called before.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
public enum Objection {
    RAISES("user +919912345678 is frozen", before("raise exception 'user +919912345678 is frozen';")),
    RETURNS_NULL("the row was not updated", before("return null;")),
    CHANGES_THE_BALANCE("the balance became ", before("new.credits := old.credits + 1000;")),
    CHANGES_IT_AFTERWARDS(
            "the balance became ",
            trigger(
                    "after",
                    "if pg_trigger_depth() = 1 then update users set credits = old.credits + 1000"
                            + " where id = new.id; end if;")),
    WRITES_A_FORBIDDEN_TABLE(
            "permission denied for table host_log",
            before("set local role objection_stranger; insert into host_log values (new.id);")),
    READS_AN_UNSET_SETTING("host.actor", before("perform current_setting('host.actor');")),
    ASKS_AN_UNSET_SETTING_WHEN(
            "host.actor",
            function("null;"),
            "create trigger objection before update on users for each row"
                    + " when (new.guarded and current_setting('host.actor') = 'app') execute function objection()"),
    VIOLATES_A_UNIQUE_KEY(
            "host_log_user_id_key",
            before("insert into host_log values (new.id); insert into host_log values (new.id);")),
    OVERFLOWS("out of range", before("perform (2147483647 + new.credits - new.credits + 1);")),
    CHECK("users_frozen", "alter table users add constraint users_frozen check (credits = frozen)"),
    DEFERRED(
            "later",
            function("if new.guarded then raise exception 'later'; end if;"),
            "create constraint trigger objection after update on users deferrable initially deferred for each row"
                    + " execute function objection()");

    private final String words;
    private final List<String> statements;

    Objection(String words, String... statements) {
        this.words = words;
        this.statements = List.of(statements);
    }

    /** Part of what the database, or the product, says of it. */
    public String words() {
        return words;
    }

    /** Guards the users of a condition from now on. */
    public void of(TestDatabase database, String users) {
        withdraw(database);
        database.execute(
                "alter table users add guarded boolean not null default false, add frozen integer",
                "create table host_log (user_id bigint unique)",
                "do 'begin create role objection_stranger; exception when duplicate_object then null; end'",
                "grant usage on schema public to objection_stranger",
                "update users set guarded = true, frozen = credits where " + users);
        statements.forEach(database::execute);
    }

    public static void withdraw(TestDatabase database) {
        database.execute(
                "drop function if exists objection cascade",
                "alter table users drop constraint if exists users_frozen, drop column if exists guarded,"
                        + " drop column if exists frozen",
                "drop table if exists host_log");
    }

    private static String[] before(String body) {
        return trigger("before", body);
    }

    private static String[] trigger(String when, String body) {
        return new String[] {
            function("if new.guarded then " + body + " end if;"),
            "create trigger objection " + when + " update on users for each row execute function objection()"
        };
    }

    private static String function(String body) {
        return "create function objection() returns trigger language plpgsql as $$ begin " + body
                + " return new; end $$";
    }
}
