-- The seed's events and nothing beside: no evidence, no run, nothing against a second decision.
drop table credit_rollover_events;

create table credit_rollover_events (
    id                 bigint generated always as identity primary key,
    user_id            integer     not null references users (id),
    phone_number       varchar(20) not null,
    rollover_date      date        not null,
    credits_before     integer     not null,
    credits_after      integer     not null,
    action             text        not null,
    eligible_plan_type varchar(50),
    reason             text        not null,
    created_at         timestamptz not null default now()
);

create index credit_rollover_events_phone_number on credit_rollover_events (phone_number);
create index credit_rollover_events_rollover_date on credit_rollover_events (rollover_date);
