-- The seed's events with the evidence that the other contenders write: its foreign key, types and collation, its indexes on
-- phone number and date, and one decision for each user and run.
drop table credit_rollover_events;

create table credit_rollover_events (
    id                 bigint generated always as identity primary key,
    user_id            integer     not null references users (id),
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

create index credit_rollover_events_phone_number on credit_rollover_events (phone_number);
create index credit_rollover_events_rollover_date on credit_rollover_events (rollover_date);
create unique index credit_rollover_events_one_decision_per_run
    on credit_rollover_events (run_id, user_id) where action in ('rollover', 'expiry');
create unique index credit_rollover_events_given_back_once
    on credit_rollover_events (reverses) where reverses is not null;
