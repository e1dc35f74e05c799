-- The role of the command migrate. It creates and changes the product's tables, and indexes the host's payments.
--
-- Run by a superuser, once, before the first migrate:      psql -f db/grants/1-migrate-role.sql DATABASE
-- Then set a password:                                    \password credit_rollover_migrate
-- Set it as SPRING_FLYWAY_USER, or as SPRING_DATASOURCE_USERNAME of a migrate; see docs/database.md.
-- To rename a role, replace its name in all files. The search_path finds the tables; with rollover.host.schema and
-- rollover.schema (the product's comes first):  PGOPTIONS='-c search_path=PRODUCT,HOST' psql -f …
-- Views need no owner: the product creates no index on their tables.

do $$
declare
    schema name;
begin
    if not exists (select from pg_roles where rolname = 'credit_rollover_migrate') then
        create role credit_rollover_migrate login;
    end if;
    execute format('grant usage, create on schema %I to credit_rollover_migrate', current_schema());
    -- It checks the host's tables too. Behind views no owner brings this right.
    foreach schema in array current_schemas(false)
    loop
        execute format('grant usage on schema %I to credit_rollover_migrate', schema);
    end loop;
end
$$;

-- In PostgreSQL only the owner of a table can create an index on it. So this role becomes a member of the owner of
-- payments, with all the owner's rights. Use it for migrations only. If the owner is a superuser, skip this block and run
-- migrate as the superuser.
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
