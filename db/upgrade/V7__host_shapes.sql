-- Hosts may use bigint ids, phone numbers of any length or none, and may delete users at any time.

-- Dropping the foreign key locks users for a moment. Gives up after 2 s rather than queue application traffic.
set local lock_timeout = '2s';

alter table credit_rollover_events
    drop constraint if exists credit_rollover_events_user_id_fkey,
    alter column user_id type bigint,
    alter column phone_number type text,
    alter column phone_number drop not null,
    alter column eligible_plan_type type text;

alter table credit_rollover_dry_run_decisions
    alter column user_id type bigint,
    alter column phone_number type text,
    alter column phone_number drop not null,
    alter column eligible_plan_type type text;

alter table credit_rollover_skips alter column user_id type bigint;
alter table credit_rollover_waits alter column user_id type bigint;
alter table credit_rollover_runs alter column only_user_id type bigint;

alter table credit_rollover_runs
    add column approved_limits text[],
    add column host_tables     text[],
    add column stop_cause      text check (stop_cause in ('TOLERANCE', 'HOST_TABLES'));

comment on column credit_rollover_runs.approved_limits is 'the safety limits that were exceeded when it was approved';
comment on column credit_rollover_runs.host_tables is 'which tables the names of the host stood for before the first write';
comment on column credit_rollover_runs.stop_cause is 'why it stopped by itself, until a person has looked';

create table credit_rollover_slices (
    run_id         bigint  not null,
    slice          integer not null,
    last_id        bigint  not null,
    users_forecast bigint  not null,
    users_expired  bigint  not null default 0,
    primary key (run_id, slice)
);

comment on table credit_rollover_slices is 'by slices of user ids: how many a run was forecast to expire, and how many it has';
comment on column credit_rollover_slices.slice is 'even: the even ids up to last_id and above that of the slice before; odd: the odd ones';
