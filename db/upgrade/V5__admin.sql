-- What people did through the admin API and the dashboard.
create table credit_rollover_audit (
    id      bigint      generated always as identity primary key,
    at      timestamptz not null default clock_timestamp(),
    who     text        not null,
    address text        not null,
    action  text        not null,
    target  text        not null,
    reason  text,
    result  text        not null
);

comment on table credit_rollover_audit is 'appended to only: who did what, why, and with what result';

create index credit_rollover_audit_target on credit_rollover_audit (target);

create function credit_rollover_audit_is_appended_to_only() returns trigger language plpgsql as $$
begin
    raise exception 'credit_rollover_audit is appended to only';
end
$$;

create trigger credit_rollover_audit_appended_to_only
    before update or delete or truncate on credit_rollover_audit
    for each statement execute function credit_rollover_audit_is_appended_to_only();

-- The answer to a request that starts something, so that the same request sent twice starts it once.
create table credit_rollover_idempotency (
    who          text        not null,
    key          text        not null,
    request_hash text        not null,
    answer       jsonb,
    created_at   timestamptz not null default clock_timestamp(),
    primary key (who, key)
);

comment on column credit_rollover_idempotency.answer is 'null while the first request is at work';
