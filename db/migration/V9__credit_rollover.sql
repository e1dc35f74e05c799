-- All tables of the product as of version 9, for a new installation. Earlier installations get here by db/upgrade.
-- The host's tables have no key from or to these, so that the host can delete users at any time.

-- Runs and decisions

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
    plan_run_id         bigint      references credit_rollover_runs,
    undoes_run_id       bigint      references credit_rollover_runs,
    only_user_id        bigint,
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
    approved_limits     text[],
    host_tables         text[],
    stop_cause          text        check (stop_cause in ('TOLERANCE', 'HOST_TABLES')),
    stop_requested_at   timestamptz,
    stop_requested_by   text,
    check ((mode = 'undo') = (undoes_run_id is not null))
);

comment on table credit_rollover_runs is 'one row per run; later attempts of a date reuse its row until it is undone';
comment on column credit_rollover_runs.policy is 'the terms of each plan and its window start';
comment on column credit_rollover_runs.only_user_id is 'set by an undo of one user';
comment on column credit_rollover_runs.message is 'why the run failed, stopped or was blocked, in one sentence';
comment on column credit_rollover_runs.approved_limits is 'the safety limits that were exceeded at the approval';
comment on column credit_rollover_runs.host_tables is 'the host''s tables at the first write';
comment on column credit_rollover_runs.stop_cause is 'why the run stopped itself; it needs a review';
comment on column credit_rollover_runs.stop_requested_at is
    'set by any console, read by the process of the run, cleared at the next attempt';

-- One live run per date; an undone one does not count.
create unique index credit_rollover_runs_one_live_per_date
    on credit_rollover_runs (rollover_date) where mode = 'live' and status <> 'UNDONE';
-- A dry run is used as a plan at most once.
create unique index credit_rollover_runs_plan_used_once
    on credit_rollover_runs (plan_run_id) where plan_run_id is not null;

create table credit_rollover_events (
    id                 bigint generated always as identity primary key,
    user_id            bigint      not null,
    phone_number       text,
    rollover_date      date        not null,
    credits_before     integer     not null,
    credits_after      integer     not null,
    action             text        not null check (action in ('rollover', 'expiry', 'reversal', 'reinstatement')),
    eligible_plan_type text,
    reason             text        not null,
    created_at         timestamptz not null default clock_timestamp(),
    run_id             bigint      not null,
    reason_code        text        not null,
    payment_id         bigint,
    paid_at            timestamptz,
    credits_protected  integer     not null default 0,
    reverses           bigint,
    check (action not in ('rollover', 'expiry') or credits_after between 0 and credits_before),
    check (action <> 'reversal' or reverses is not null)
);

comment on table credit_rollover_events is 'append-only: each change of a balance with its evidence';
comment on column credit_rollover_events.reverses is 'the event that this one reverses';

create index credit_rollover_events_phone_number on credit_rollover_events (phone_number);
create index credit_rollover_events_rollover_date on credit_rollover_events (rollover_date);
create index credit_rollover_events_user_id on credit_rollover_events (user_id);
create unique index credit_rollover_events_one_decision_per_run
    on credit_rollover_events (run_id, user_id) where action in ('rollover', 'expiry');
create unique index credit_rollover_events_given_back_once
    on credit_rollover_events (reverses) where reverses is not null;

create table credit_rollover_skips (
    run_id      bigint      not null,
    user_id     bigint      not null,
    reason_code text        not null,
    reason      text        not null,
    created_at  timestamptz not null default clock_timestamp(),
    primary key (run_id, user_id)
);

comment on table credit_rollover_skips is 'users that a run could not decide; they keep their credits';

create table credit_rollover_waits (
    run_id      bigint      not null,
    user_id     bigint      not null,
    waits_until timestamptz not null,
    primary key (run_id, user_id)
);

comment on table credit_rollover_waits is 'users postponed to the sweep because of a pending payment, and until when';

create table credit_rollover_tallies (
    run_id              bigint not null,
    step                text   not null,
    users_rolled_over   bigint not null,
    users_expired       bigint not null,
    users_skipped       bigint not null,
    credits_before      bigint not null,
    credits_rolled_over bigint not null,
    credits_expired     bigint not null,
    primary key (run_id, step)
);

comment on table credit_rollover_tallies is
    'totals of each partition and sweep, written by its chunks; reconciled with the events';

create table credit_rollover_slices (
    run_id         bigint  not null,
    slice          integer not null,
    last_id        bigint  not null,
    users_forecast bigint  not null,
    users_expired  bigint  not null default 0,
    primary key (run_id, slice)
);

comment on table credit_rollover_slices is 'expired users by slices of user ids: forecast and actual';
comment on column credit_rollover_slices.slice is
    'even: the even ids up to last_id and above the slice before; odd: the odd ids';

create table credit_rollover_dry_run_decisions (
    run_id             bigint      not null,
    user_id            bigint      not null,
    phone_number       text,
    credits_before     integer     not null,
    credits_after      integer     not null,
    action             text        not null check (action in ('rollover', 'expiry')),
    eligible_plan_type text,
    reason             text        not null,
    reason_code        text        not null,
    payment_id         bigint,
    paid_at            timestamptz,
    credits_protected  integer     not null,
    primary key (run_id, user_id)
);

comment on table credit_rollover_dry_run_decisions is 'decisions of dry runs, as events of a live run';

-- One writer at a time

-- No comment on this table here: migrate writes one that names the users, and its absence means "not known".
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

comment on table credit_rollover_tokens is
    'the fencing token, locked by each chunk; apart from the lease, so that a renewal never waits for a chunk';

insert into credit_rollover_leases (name, holder, token, renewed_at, expires_at)
values ('writer', 'nobody', 0, '-infinity', '-infinity');
insert into credit_rollover_tokens (name, token) values ('writer', 0);

-- Mail

create table credit_rollover_outbox (
    id            bigint      generated always as identity primary key,
    run_id        bigint      not null references credit_rollover_runs,
    outcome       text        not null check (outcome in ('OK', 'BLOCKED', 'FAILED')),
    message       text,
    recipient     text        not null,
    message_id    text        not null unique,
    attempts      integer     not null default 0,
    claimed_until timestamptz,
    last_error    text,
    created_at    timestamptz not null default clock_timestamp(),
    sent_at       timestamptz
);

comment on table credit_rollover_outbox is 'summary mails, written in the transaction that ends a run, sent afterwards';
comment on column credit_rollover_outbox.message is 'why the attempt did not complete, in one sentence';
comment on column credit_rollover_outbox.message_id is 'the same at each attempt, so that a mail server can see a repetition';
comment on column credit_rollover_outbox.claimed_until is 'until when a process has it to send';

create index credit_rollover_outbox_pending on credit_rollover_outbox (id) where sent_at is null;

-- The console

create table credit_rollover_audit (
    id        bigint      generated always as identity primary key,
    at        timestamptz not null default clock_timestamp(),
    who       text        not null,
    address   text        not null,
    action    text        not null,
    target    text        not null,
    reason    text,
    result    text        not null,
    intent_id bigint,
    outcome   text        check (outcome in ('begun', 'nothing-done', 'done', 'refused', 'failed', 'completed',
                                             'stopped', 'blocked', 'undone'))
);

comment on table credit_rollover_audit is 'append-only: who did what, why, and with what result';
comment on column credit_rollover_audit.intent_id is 'the row whose outcome this row records; null for an intent';
comment on column credit_rollover_audit.outcome is 'null for an intent and for rows of older versions';

create index credit_rollover_audit_target on credit_rollover_audit (target);

create function credit_rollover_audit_is_appended_to_only() returns trigger language plpgsql as $$
begin
    raise exception 'credit_rollover_audit is appended to only';
end
$$;

create trigger credit_rollover_audit_appended_to_only
    before update or delete or truncate on credit_rollover_audit
    for each statement execute function credit_rollover_audit_is_appended_to_only();

create table credit_rollover_idempotency (
    who          text        not null,
    key          text        not null,
    request_hash text        not null,
    answer       jsonb,
    created_at   timestamptz not null default clock_timestamp(),
    primary key (who, key)
);

comment on table credit_rollover_idempotency is 'answers to requests that start something, for repetitions of the same request';
comment on column credit_rollover_idempotency.answer is 'null while the first request is running';

-- The columns of Spring Session. Rows are secrets: a browser's cookie holds session_id.
create table credit_rollover_sessions (
    primary_id            text    not null primary key,
    session_id            text    not null,
    creation_time         bigint  not null,
    last_access_time      bigint  not null,
    max_inactive_interval integer not null,
    expiry_time           bigint  not null,
    principal_name        text
);

comment on table credit_rollover_sessions is 'browsers that are logged in';

create unique index credit_rollover_sessions_session_id on credit_rollover_sessions (session_id);
create index credit_rollover_sessions_expiry_time on credit_rollover_sessions (expiry_time);
create index credit_rollover_sessions_principal_name on credit_rollover_sessions (principal_name);

create table credit_rollover_sessions_attributes (
    session_primary_id text  not null references credit_rollover_sessions on delete cascade,
    attribute_name     text  not null,
    attribute_bytes    bytea not null,
    primary key (session_primary_id, attribute_name)
);

comment on table credit_rollover_sessions_attributes is 'serialized attributes of sessions';

create table credit_rollover_api_tokens (
    id           bigint      generated always as identity primary key,
    name         text        not null,
    scope        text        not null check (scope in ('view', 'operate')),
    hash         text        not null,
    created_by   text        not null,
    created_at   timestamptz not null default clock_timestamp(),
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    last_used_at timestamptz
);

comment on table credit_rollover_api_tokens is 'API tokens; the token itself is shown once and not stored';
comment on column credit_rollover_api_tokens.hash is 'SHA-256 of the token, hexadecimal';

create unique index credit_rollover_api_tokens_hash on credit_rollover_api_tokens (hash);

create table credit_rollover_known_addresses (
    account text        not null,
    address text        not null,
    seen_at timestamptz not null default clock_timestamp(),
    primary key (account, address)
);

comment on table credit_rollover_known_addresses is
    'addresses of earlier logins, never delayed by wrong passwords of others; of IPv6 the network';

-- Workers in other processes

create table credit_rollover_partitions (
    step_execution_id bigint      primary key,
    run_id            bigint      not null,
    token             bigint      not null,
    claim             bigint      not null,
    state             text        not null check (state in ('OFFERED', 'TAKEN', 'RETURNED', 'DONE', 'CLOSED')),
    worker            text,
    failures          integer     not null default 0,
    failure           text,
    offered_at        timestamptz not null default clock_timestamp(),
    seen_at           timestamptz not null default clock_timestamp()
);

comment on table credit_rollover_partitions is 'partitions of a run, offered to workers in other processes';
comment on column credit_rollover_partitions.token is 'the fencing token of the manager that offers it';
comment on column credit_rollover_partitions.claim is 'the number of the offer; each new offer has a new one';
comment on column credit_rollover_partitions.failure is 'why its last worker failed, in one sentence';
comment on column credit_rollover_partitions.seen_at is 'the last heartbeat of its worker';

create index credit_rollover_partitions_token on credit_rollover_partitions (token);

create table credit_rollover_claims (
    step_execution_id bigint primary key,
    claim             bigint not null
);

comment on table credit_rollover_claims is
    'locked by each chunk of a worker; apart from the partition, so that a heartbeat never waits for a chunk';

create sequence credit_rollover_message_seq;

-- The columns of Spring Integration's channel for PostgreSQL.
create table credit_rollover_channel_message (
    message_id       char(36) not null,
    group_key        char(36) not null,
    created_date     bigint   not null,
    message_priority bigint,
    message_sequence bigint   not null default nextval('credit_rollover_message_seq'),
    message_content  jsonb,
    region           text     not null,
    primary key (region, group_key, created_date, message_sequence)
);

comment on table credit_rollover_channel_message is 'messages that offer partitions to workers';

create index credit_rollover_channel_message_id on credit_rollover_channel_message (region, group_key, message_id);

create function credit_rollover_channel_message_notify() returns trigger language plpgsql as $$
begin
    perform pg_notify('credit_rollover_channel_message_notify', new.region || ' ' || new.group_key);
    return new;
end
$$;

create trigger credit_rollover_channel_message_notify
    after insert on credit_rollover_channel_message
    for each row execute function credit_rollover_channel_message_notify();

-- Spring Batch, under a prefix of our own, so that a host may have its own in any version. Columns are text: any role can
-- define operators for varchar.

create table credit_rollover_batch_job_instance (
    job_instance_id bigint primary key,
    version         bigint,
    job_name        text not null,
    job_key         text not null
);

comment on table credit_rollover_batch_job_instance is 'one row per run: the job and its identifying parameters';

create unique index credit_rollover_batch_job_instance_once on credit_rollover_batch_job_instance (job_name, job_key);

create table credit_rollover_batch_job_execution (
    job_execution_id bigint primary key,
    version          bigint,
    job_instance_id  bigint    not null references credit_rollover_batch_job_instance,
    create_time      timestamp not null,
    start_time       timestamp,
    end_time         timestamp,
    status           text,
    exit_code        text,
    exit_message     text,
    last_updated     timestamp
);

comment on table credit_rollover_batch_job_execution is 'one row per attempt of a run';

create table credit_rollover_batch_job_execution_params (
    job_execution_id bigint not null references credit_rollover_batch_job_execution,
    parameter_name   text   not null,
    parameter_type   text   not null,
    parameter_value  text,
    identifying      text   not null
);

comment on table credit_rollover_batch_job_execution_params is 'parameters of an attempt';

create table credit_rollover_batch_step_execution (
    step_execution_id  bigint    primary key,
    version            bigint    not null,
    step_name          text      not null,
    job_execution_id   bigint    not null references credit_rollover_batch_job_execution,
    create_time        timestamp not null,
    start_time         timestamp,
    end_time           timestamp,
    status             text,
    commit_count       bigint,
    read_count         bigint,
    filter_count       bigint,
    write_count        bigint,
    read_skip_count    bigint,
    write_skip_count   bigint,
    process_skip_count bigint,
    rollback_count     bigint,
    exit_code          text,
    exit_message       text,
    last_updated       timestamp
);

comment on table credit_rollover_batch_step_execution is 'steps of an attempt; a partition is a step';

create table credit_rollover_batch_step_execution_context (
    step_execution_id  bigint primary key references credit_rollover_batch_step_execution,
    short_context      text   not null,
    serialized_context text
);

comment on table credit_rollover_batch_step_execution_context is 'restart state of a step';

create table credit_rollover_batch_job_execution_context (
    job_execution_id   bigint primary key references credit_rollover_batch_job_execution,
    short_context      text   not null,
    serialized_context text
);

comment on table credit_rollover_batch_job_execution_context is 'state shared by the steps of an attempt';

create sequence credit_rollover_batch_step_execution_seq;
create sequence credit_rollover_batch_job_execution_seq;
create sequence credit_rollover_batch_job_instance_seq;
