-- The role for your own reports and Grafana dashboards. It reads the product's tables, none of the host's. Events contain
-- whole phone numbers. It cannot read sessions and API tokens: a session's id would give access to the console.
--
-- Run by a superuser after migrate, and again after each upgrade:   psql -f db/grants/3-read-role.sql DATABASE
-- Then set a password, once:                                         \password credit_rollover_read

do $$
declare
    own text;
begin
    if not exists (select from pg_roles where rolname = 'credit_rollover_read') then
        create role credit_rollover_read login;
    end if;
    execute format('grant usage on schema %s to credit_rollover_read',
                   (select relnamespace::regnamespace from pg_class where oid = 'credit_rollover_runs'::regclass));
    for own in select relname from pg_class
                where pg_table_is_visible(oid) and relkind = 'r' and relname like 'credit\_rollover\_%'
                  and relname not like 'credit\_rollover\_sessions%' and relname <> 'credit_rollover_api_tokens'
    loop
        execute format('grant select on %I to credit_rollover_read', own);
    end loop;
end
$$;
