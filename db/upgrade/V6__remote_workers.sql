-- Workers in other processes. The manager offers each range under a number that nobody had before; who takes the offer
-- works under that number until the manager offers the range anew.

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

comment on table credit_rollover_partitions is 'the ranges of a run that workers elsewhere work on, by attempt';
comment on column credit_rollover_partitions.token is 'the fencing token of the manager that offers it';
comment on column credit_rollover_partitions.claim is 'the number under which it is offered or worked on';
comment on column credit_rollover_partitions.seen_at is 'the last sign of life of its worker';
comment on column credit_rollover_partitions.failure is 'why its last worker failed, in one sentence';

create index credit_rollover_partitions_token on credit_rollover_partitions (token);

-- What each chunk of a worker locks, as it locks the token; in a row of its own, so that no sign of life waits for a chunk.
create table credit_rollover_claims (
    step_execution_id bigint primary key,
    claim             bigint not null
);

-- The messages that offer ranges, as Spring Integration's channel for PostgreSQL expects them.
create sequence credit_rollover_message_seq;

create table credit_rollover_channel_message (
    message_id       char(36)     not null,
    group_key        char(36)     not null,
    created_date     bigint       not null,
    message_priority bigint,
    message_sequence bigint       not null default nextval('credit_rollover_message_seq'),
    message_content  jsonb,
    region           varchar(100) not null,
    primary key (region, group_key, created_date, message_sequence)
);

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
