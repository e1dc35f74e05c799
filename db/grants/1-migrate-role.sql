-- The role that runs the command migrate: creates and changes this system's tables, and indexes the host's payments.
--
-- Run by a superuser, once, before the first migrate:      psql -f db/grants/1-migrate-role.sql DATABASE
-- then give the role a way to log in:                       \password credit_rollover_migrate
-- Used as SPRING_FLYWAY_USER, or as SPRING_DATASOURCE_USERNAME of a migrate; see README.md.
-- Other names for the roles: replace them in all four files. Tables are found by the search_path; with rollover.host.schema
-- and rollover.schema (the product's goes first):  PGOPTIONS='-c search_path=PRODUCT,HOST' psql -f …
-- Views as tables of the host need no owner: this program creates no index behind them.

do $$
begin
    if not exists (select from pg_roles where rolname = 'credit_rollover_migrate') then
        create role credit_rollover_migrate login;
    end if;
    execute format('grant usage, create on schema %I to credit_rollover_migrate', current_schema());
end
$$;

-- PostgreSQL lets nobody but the owner of a table index it, and there is no grant for less. So this role becomes a member
-- of the role that owns payments, and could do with that role's tables whatever their owner can. Use it for migrations
-- only. Where the owner is a superuser, this gives away everything: then let the superuser run migrate instead.
do $$
declare
    owner name;
begin
    for owner in select distinct pg_get_userbyid(relowner) from pg_class
                  where oid = to_regclass('payments') and relkind <> 'v'
    loop
        execute format('grant %I to credit_rollover_migrate', owner);
    end loop;
end
$$;
