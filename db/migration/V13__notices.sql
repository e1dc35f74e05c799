-- What users are told: before credits expire, and after they expired or were reinstated.

-- The primary key is the promise "once": by date, user, kind, lead and channel. The date comes first, so that a run reads
-- the notices of its own month only.
create table credit_rollover_notices (
    id             bigint generated always as identity,
    user_id        bigint      not null,
    rollover_date  date        not null,
    kind           text        not null constraint credit_rollover_notices_kind
                               check (kind in ('expiring', 'expired', 'reinstated')),
    lead           text        not null default '',
    channel        text        not null,
    status         text        not null default 'planned' constraint credit_rollover_notices_status
                               check (status in ('planned', 'sent', 'not-needed', 'refused', 'skipped', 'superseded')),
    credits_before integer     not null,
    credits_after  integer     not null,
    reason_code    text        not null,
    event_id       bigint,
    message_id     uuid        not null default gen_random_uuid(),
    address        text,
    attempts       integer     not null default 0,
    reason         text,
    planned_at     timestamptz not null default clock_timestamp(),
    accepted_at    timestamptz,
    primary key (rollover_date, user_id, kind, lead, channel)
);

create index credit_rollover_notices_id on credit_rollover_notices (id);
create index credit_rollover_notices_planned on credit_rollover_notices (channel, id) where status = 'planned';

comment on table credit_rollover_notices is 'what users are told about their credits; one row for each notice';
comment on column credit_rollover_notices.lead is 'how long before the cut-off, such as P7D; empty after a run';
comment on column credit_rollover_notices.status is
    'planned; sent: accepted; not-needed: nothing to tell any more; refused: by the receiver, for good; '
    'skipped: no usable address, or opted out; superseded: by a nearer lead or the cut-off';
comment on column credit_rollover_notices.message_id is 'the same at each repetition';
comment on column credit_rollover_notices.address is 'where it was sent; null if never tried, or after an erasure';
comment on column credit_rollover_notices.accepted_at is 'when the mail server accepted it, or the webhook answered 2xx';

-- Runs whose events have become notices.
create table credit_rollover_notice_runs (
    run_id     bigint      not null,
    channel    text        not null,
    planned_at timestamptz not null default clock_timestamp(),
    primary key (run_id, channel)
);

comment on table credit_rollover_notice_runs is 'ended runs whose events are planned as notices';

create table credit_rollover_notice_channels (
    channel text        primary key,
    since   timestamptz not null
);

comment on table credit_rollover_notice_channels is
    'when a channel was switched on; users are told nothing about runs that ended before';

insert into credit_rollover_positions (name) values ('deleted-users-notices');
