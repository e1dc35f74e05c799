-- The feed of ended runs, and how far each webhook has come in it. Nothing per user: decisions stay in the events.

set local lock_timeout = '2s';

create table credit_rollover_feed (
    position      bigint      primary key check (position > 0),
    type          text        not null,
    run_id        bigint,
    execution_id  bigint,
    rollover_date date        not null,
    details       text,
    after_id      bigint,
    last_id       bigint,
    created_at    timestamptz not null default clock_timestamp()
);

comment on table credit_rollover_feed is 'append-only: ends of runs, in their order, written in the transaction of the end';
comment on column credit_rollover_feed.position is 'without gaps, in the order of the commits';
comment on column credit_rollover_feed.details is 'the data of a message without events, as JSON';
comment on column credit_rollover_feed.after_id is
    'the events of the run above this id belong to the entry; null until they are read for the first time';
comment on column credit_rollover_feed.last_id is 'the greatest event id at the end of the run; null for an entry without events';

create unique index credit_rollover_feed_decisions_once
    on credit_rollover_feed (run_id) where type = 'rollover.decisions';
create unique index credit_rollover_feed_overdue_once
    on credit_rollover_feed (rollover_date) where type = 'rollover.month.overdue';
create index credit_rollover_feed_run on credit_rollover_feed (run_id);

create table credit_rollover_webhooks (
    name              text        primary key,
    url_hash          text        not null,
    position          bigint      not null,
    event_id          bigint      not null,
    message_id        text,
    message_position  bigint,
    message_after_id  bigint,
    message_last_id   bigint,
    attempts          integer     not null default 0,
    next_attempt_at   timestamptz,
    claim             text,
    claimed_until     timestamptz,
    last_error        text,
    last_success_at   timestamptz,
    switched_off_at   timestamptz,
    created_at        timestamptz not null default clock_timestamp(),
    check ((message_id is null) = (message_position is null))
);

comment on table credit_rollover_webhooks is 'one row per configured endpoint: its cursor, and the message that is being sent';
comment on column credit_rollover_webhooks.position is 'the last feed entry of which something was accepted; with event_id the cursor';
comment on column credit_rollover_webhooks.message_id is
    'stored before the first attempt with the range of the message, so that a repetition has the same id and content';
comment on column credit_rollover_webhooks.url_hash is 'a changed URL switches the endpoint on again';
comment on column credit_rollover_webhooks.claimed_until is 'until when a process may send';

-- Earlier runs, in the order of their starts: a reversal comes after the decisions that it reverses. New endpoints begin
-- behind them. One scan of the events.
insert into credit_rollover_feed (position, type, run_id, execution_id, rollover_date, after_id, last_id, created_at)
select row_number() over (order by r.id),
       case r.mode when 'live' then 'rollover.decisions' else 'rollover.reinstatements' end,
       r.id,
       (select max(x.job_execution_id) from credit_rollover_batch_job_execution x
        where x.job_instance_id = r.job_instance_id),
       r.rollover_date, e.after_id, e.last_id, coalesce(r.finished_at, r.started_at)
from credit_rollover_runs r
join (select run_id, min(id) - 1 as after_id, max(id) as last_id from credit_rollover_events group by run_id) e
  on e.run_id = r.id
where r.mode = 'live' and r.status in ('COMPLETED', 'UNDONE')
   or (r.mode = 'reinstate' and r.status <> 'RUNNING' or r.mode = 'undo' and r.status = 'COMPLETED')
      and not exists (select from credit_rollover_runs l
                      where l.id in (r.undoes_run_id, r.reinstates_run_id) and l.status not in ('COMPLETED', 'UNDONE'));
