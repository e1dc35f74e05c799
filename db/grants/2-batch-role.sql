-- The role of run, restart, undo and status. It reads named columns of the host's tables and updates only users.credits.
-- It can add events, but not change or remove them.
--
-- Run by a superuser after migrate, and again after each upgrade:   psql -f db/grants/2-batch-role.sql DATABASE
-- Then set a password, once:                                         \password credit_rollover_batch
-- Set it as SPRING_DATASOURCE_USERNAME. It cannot migrate: run migrate first, as the other role.

-- The search_path finds the tables; with rollover.host.schema and rollover.schema (the host's comes first):
-- PGOPTIONS='-c search_path=HOST,PRODUCT' psql -f …

do $$
declare
    schema name;
begin
    if not exists (select from pg_roles where rolname = 'credit_rollover_batch') then
        create role credit_rollover_batch login;
    end if;
    foreach schema in array current_schemas(false)
    loop
        execute format('grant usage on schema %I to credit_rollover_batch', schema);
    end loop;
end
$$;

-- The host's tables. Locking a user's row needs UPDATE (credits) too.
grant select (id, phone_number, credits, created_at) on users to credit_rollover_batch;
grant update (credits) on users to credit_rollover_batch;
grant select (id, user_id, plan_type, amount, credits_added, payment_status, created_at)
    on payments to credit_rollover_batch;
do $$
begin
    if to_regclass('payment_plans') is not null then
        grant select (plan_type, amount, credits) on payment_plans to credit_rollover_batch;
    end if;
end
$$;

-- Decisions: append-only.
grant select, insert on credit_rollover_events, credit_rollover_skips, credit_rollover_waits,
    credit_rollover_dry_run_decisions to credit_rollover_batch;

-- The state of a run. Locking a fencing token needs UPDATE too.
grant select, insert, update on credit_rollover_runs, credit_rollover_tallies,
    credit_rollover_leases, credit_rollover_tokens to credit_rollover_batch;
grant select, insert, update, delete on credit_rollover_slices to credit_rollover_batch;

-- Figures of ended runs.
grant select, insert, update on credit_rollover_figures to credit_rollover_batch;

-- Partitions for workers in other processes, and their messages.
grant select, insert, update on credit_rollover_partitions, credit_rollover_claims to credit_rollover_batch;
grant select, insert, delete, update on credit_rollover_channel_message to credit_rollover_batch;
grant usage on sequence credit_rollover_message_seq to credit_rollover_batch;

-- Unsent mails.
grant select, insert, update on credit_rollover_outbox to credit_rollover_batch;

-- Applied migrations.
grant select on credit_rollover_schema_history to credit_rollover_batch;

-- Spring Batch. DELETE removes an instance without an execution, after its process died.
grant select, insert, update, delete on credit_rollover_batch_job_instance to credit_rollover_batch;
grant select, insert on credit_rollover_batch_job_execution_params to credit_rollover_batch;
grant select, insert, update on credit_rollover_batch_job_execution, credit_rollover_batch_job_execution_context,
    credit_rollover_batch_step_execution, credit_rollover_batch_step_execution_context to credit_rollover_batch;
grant usage on sequence credit_rollover_batch_job_instance_seq, credit_rollover_batch_job_execution_seq, credit_rollover_batch_step_execution_seq
    to credit_rollover_batch;
