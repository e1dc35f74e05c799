-- What a report shows of an ended run, so that it costs the same in every month; and one forecast for all consoles.

-- The foreign key locks runs for a moment. Gives up after 2 s rather than queue other work.
set local lock_timeout = '2s';

create table credit_rollover_figures (
    run_id          bigint      primary key references credit_rollover_runs (id),
    version         integer     not null default 1,
    figures         jsonb       not null,
    computed_at     timestamptz not null default clock_timestamp(),
    users_came_back bigint
);

comment on table credit_rollover_figures is 'of an ended run, written once: a later refund changes none of them';
comment on column credit_rollover_figures.version is 'form of figures; later versions read earlier forms';
comment on column credit_rollover_figures.users_came_back is
    'of its expired users, those who paid in the month after; null while the run belongs to the last two months';

create table credit_rollover_forecasts (
    rollover_date date        not null,
    settings      text        not null,
    forecast      jsonb,
    as_of         timestamptz,
    computed_at   timestamptz,
    failure       text,
    failure_code  integer,
    failed_at     timestamptz,
    claim         bigint      not null default 0,
    claimed_at    timestamptz,
    claimed_until timestamptz,
    primary key (rollover_date, settings)
);

comment on table credit_rollover_forecasts is 'the forecast shared by all consoles';
comment on column credit_rollover_forecasts.settings is 'hash of the settings that decide; consoles with others compute their own';
comment on column credit_rollover_forecasts.as_of is 'when its computation began; what happened later is not in it';
comment on column credit_rollover_forecasts.failure_code is 'exit code of a failure';
comment on column credit_rollover_forecasts.claim is 'number of the last computation; only its console stores a result';
comment on column credit_rollover_forecasts.claimed_until is 'who computes renews it; null when nobody does';
