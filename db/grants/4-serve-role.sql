-- The role of the command serve. It has the rights of the batch role, because operators start runs there. In addition:
-- the append-only audit, sessions, API tokens, known addresses, stored answers to repeated requests, the shared forecast, and
-- the mark of who looked at a skipped user. For the daily work (rollover.schedule.enabled), grant in addition:
--   grant credit_rollover_daily to credit_rollover_serve;
--
-- Run by a superuser after 2-batch-role.sql, and again after each upgrade:   psql -f db/grants/4-serve-role.sql DATABASE
-- Then set a password, once:                                                  \password credit_rollover_serve

do $$
begin
    if not exists (select from pg_roles where rolname = 'credit_rollover_serve') then
        create role credit_rollover_serve login;
    end if;
end
$$;

grant credit_rollover_batch to credit_rollover_serve;
grant select, insert on credit_rollover_audit to credit_rollover_serve;
grant select, insert, update, delete on credit_rollover_idempotency, credit_rollover_forecasts to credit_rollover_serve;
grant select, insert, update, delete on credit_rollover_sessions, credit_rollover_sessions_attributes,
    credit_rollover_known_addresses to credit_rollover_serve;
grant select, insert, update on credit_rollover_api_tokens to credit_rollover_serve;

-- The mark of who looked at a skipped user.
grant update (looked_at, looked_at_by) on credit_rollover_skips to credit_rollover_serve;
