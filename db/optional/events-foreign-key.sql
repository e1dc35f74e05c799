-- A foreign key from events to users, for a host that never deletes users. Everything works with it: run, undo, erase.
--
-- Consequences:
-- * The host can no longer delete a user with an event: PostgreSQL refuses it (23503), for ever.
-- * A run takes longer: each event locks its user's row once more, about a third of the time to append.
-- * It needs users to be a plain table with a primary key or unique index on id. A view cannot be referenced.
-- * The role that inserts events needs no right for the check. Its owner needs REFERENCES on users.
--
-- Run by a superuser after migrate:   psql -f db/optional/events-foreign-key.sql DATABASE
-- The search_path finds the tables, as for db/grants. To remove it:
--     alter table credit_rollover_events drop constraint credit_rollover_events_user_id_fkey;
--
-- The first statement locks users against writes for a moment, and gives up after 2 s. The second reads all events and
-- lets the application write. It fails if an event belongs to a deleted user: such a host should not have this key.

begin;
set local lock_timeout = '2s';
alter table credit_rollover_events
    add constraint credit_rollover_events_user_id_fkey foreign key (user_id) references users (id) not valid;
commit;

alter table credit_rollover_events validate constraint credit_rollover_events_user_id_fkey;
