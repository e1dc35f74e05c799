-- What this system knows. The host's tables are only referred to; users.credits is the one column of theirs it writes.

create table credit_rollover_runs (
    id                  bigint generated always as identity primary key,
    rollover_date       date        not null,
    mode                text        not null check (mode in ('live', 'dry-run', 'undo', 'reinstate')),
    status              text        not null
        check (status in ('RUNNING', 'COMPLETED', 'FAILED', 'STOPPED', 'BLOCKED', 'UNDONE')),
    cutoff              timestamptz not null,
    zone                text        not null,
    policy              jsonb       not null,
    requested_by        text        not null,
    reason              text,
    approved_by         text,
    plan_run_id         bigint      references credit_rollover_runs (id),
    undoes_run_id       bigint      references credit_rollover_runs (id),
    only_user_id        integer,
    job_instance_id     bigint      unique,
    message             text,
    users_processed     bigint      not null default 0,
    users_rolled_over   bigint      not null default 0,
    users_expired       bigint      not null default 0,
    users_skipped       bigint      not null default 0,
    credits_before      bigint      not null default 0,
    credits_rolled_over bigint      not null default 0,
    credits_expired     bigint      not null default 0,
    forecast            jsonb,
    started_at          timestamptz not null default clock_timestamp(),
    finished_at         timestamptz,
    check ((mode = 'undo') = (undoes_run_id is not null))
);

comment on column credit_rollover_runs.policy is 'the terms of each plan with its window start, as decided by';
comment on column credit_rollover_runs.message is 'why it failed, stopped or was blocked, in one sentence';
comment on column credit_rollover_runs.only_user_id is 'an undo of this one user only';

-- Later attempts of a date reuse its row; only what was undone makes room for another.
create unique index credit_rollover_runs_one_live_per_date
    on credit_rollover_runs (rollover_date) where mode = 'live' and status <> 'UNDONE';
-- A plan is carried out at most once.
create unique index credit_rollover_runs_plan_used_once
    on credit_rollover_runs (plan_run_id) where plan_run_id is not null;

create table credit_rollover_events (
    id                 bigint generated always as identity primary key,
    user_id            integer     not null,
    phone_number       varchar(20) not null,
    rollover_date      date        not null,
    credits_before     integer     not null,
    credits_after      integer     not null,
    action             text        not null check (action in ('rollover', 'expiry', 'reversal', 'reinstatement')),
    eligible_plan_type varchar(50),
    reason             text        not null,
    created_at         timestamptz not null default clock_timestamp(),
    run_id             bigint      not null,
    reason_code        text        not null,
    payment_id         bigint,
    paid_at            timestamptz,
    credits_protected  integer     not null default 0,
    reverses           bigint,
    check (action not in ('rollover', 'expiry') or credits_after between 0 and credits_before),
    check ((action = 'reversal') <= (reverses is not null))
);

comment on table credit_rollover_events is 'appended to only: what was decided stays as it was decided';

create index credit_rollover_events_phone_number on credit_rollover_events (phone_number);
create index credit_rollover_events_rollover_date on credit_rollover_events (rollover_date);
create unique index credit_rollover_events_one_decision_per_run
    on credit_rollover_events (run_id, user_id) where action in ('rollover', 'expiry');
create unique index credit_rollover_events_given_back_once
    on credit_rollover_events (reverses) where reverses is not null;

-- No foreign key to users: a skip must be possible while the host holds the user's row.
create table credit_rollover_skips (
    run_id      bigint      not null,
    user_id     integer     not null,
    reason_code text        not null,
    reason      text        not null,
    created_at  timestamptz not null default clock_timestamp(),
    primary key (run_id, user_id)
);

-- Users left to the sweep since money of theirs is under way, and until when at the latest.
create table credit_rollover_waits (
    run_id      bigint      not null,
    user_id     integer     not null,
    waits_until timestamptz not null,
    primary key (run_id, user_id)
);

-- Counted by each chunk in its own transaction, one row for each range and sweep: what the events must agree with.
create table credit_rollover_tallies (
    run_id              bigint not null,
    work                text   not null,
    users_rolled_over   bigint not null,
    users_expired       bigint not null,
    users_skipped       bigint not null,
    credits_before      bigint not null,
    credits_rolled_over bigint not null,
    credits_expired     bigint not null,
    primary key (run_id, work)
);

create table credit_rollover_dry_run_decisions (
    run_id             bigint      not null,
    user_id            integer     not null,
    phone_number       varchar(20) not null,
    credits_before     integer     not null,
    credits_after      integer     not null,
    action             text        not null check (action in ('rollover', 'expiry')),
    eligible_plan_type varchar(50),
    reason             text        not null,
    reason_code        text        not null,
    payment_id         bigint,
    paid_at            timestamptz,
    credits_protected  integer     not null,
    primary key (run_id, user_id)
);

-- The lease says who may work; the token is what each chunk locks. Two rows, so that renewing never waits for a chunk.
create table credit_rollover_leases (
    name       text        primary key,
    holder     text        not null,
    token      bigint      not null,
    renewed_at timestamptz not null,
    expires_at timestamptz not null
);

create table credit_rollover_tokens (
    name  text   primary key,
    token bigint not null
);

insert into credit_rollover_leases (name, holder, token, renewed_at, expires_at)
values ('writer', 'nobody', 0, '-infinity', '-infinity');
insert into credit_rollover_tokens (name, token) values ('writer', 0);
