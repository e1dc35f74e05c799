-- The role for dashboards and reports of your own: reads this system's tables, and nothing of the host's.
-- Events hold whole phone numbers; whoever gets this role sees them. Sessions and API tokens are left out: a session's id
-- lets its reader in.
--
-- Run by a superuser after migrate, and again after each upgrade:   psql -f db/grants/3-read-role.sql DATABASE
-- then give the role a way to log in, once:                          \password credit_rollover_read

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
