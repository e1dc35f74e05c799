-- Summary mails, one row a recipient, written in the transaction in which the run ended and sent outside any.
create table credit_rollover_outbox (
    id            bigint      generated always as identity primary key,
    run_id        bigint      not null references credit_rollover_runs (id),
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

comment on column credit_rollover_outbox.message is 'why the attempt did not complete, in one sentence';
comment on column credit_rollover_outbox.message_id is 'the same each time it is tried, so that a mail server can tell a repetition';
comment on column credit_rollover_outbox.claimed_until is 'a process is sending it; free again after that';

create index credit_rollover_outbox_pending on credit_rollover_outbox (id) where sent_at is null;
