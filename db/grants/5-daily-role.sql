-- The role of daily and erase. It has the rights of the batch role, because daily makes runs. In addition: it erases phone
-- numbers, deletes what rollover.retention names, and writes the audit. It cannot change any other column of an event.
--
-- Run by a superuser after 2-batch-role.sql, and again after each upgrade:   psql -f db/grants/5-daily-role.sql DATABASE
-- Then set a password, once:                                                  \password credit_rollover_daily

do $$
begin
    if not exists (select from pg_roles where rolname = 'credit_rollover_daily') then
        create role credit_rollover_daily login;
    end if;
end
$$;

grant credit_rollover_batch to credit_rollover_daily;

-- Erasure.
grant update (phone_number) on credit_rollover_events, credit_rollover_dry_run_decisions to credit_rollover_daily;
grant select, update on credit_rollover_positions to credit_rollover_daily;

-- Retention.
grant delete on credit_rollover_dry_run_decisions, credit_rollover_outbox, credit_rollover_notices to credit_rollover_daily;
grant select, delete on credit_rollover_idempotency to credit_rollover_daily;
grant select, insert, delete on credit_rollover_audit to credit_rollover_daily;
