-- What several consoles share: sessions, API tokens, stop requests, known addresses; and the audit's outcomes.

alter table credit_rollover_runs
    add column stop_requested_at timestamptz,
    add column stop_requested_by text;

comment on column credit_rollover_runs.stop_requested_at is
    'set by any console, polled by the process that works on the run, cleared when an attempt begins';

-- An intent is a row without outcome; what came of it is a second row, which names the first.
alter table credit_rollover_audit
    add column intent_id bigint,
    add column outcome text check (outcome in ('begun', 'nothing-done', 'done', 'refused', 'failed', 'completed',
                                               'stopped', 'blocked', 'undone'));

comment on column credit_rollover_audit.intent_id is 'the row that this one is the outcome of; null for an intent';
comment on column credit_rollover_audit.outcome is 'what came of it; null for an intent and for rows of older versions';

-- The tables of Spring Session, under our prefix. Rows are secrets: session_id is what a browser's cookie holds.
create table credit_rollover_sessions (
    primary_id            text    not null primary key,
    session_id            text    not null,
    creation_time         bigint  not null,
    last_access_time      bigint  not null,
    max_inactive_interval integer not null,
    expiry_time           bigint  not null,
    principal_name        text
);

create unique index credit_rollover_sessions_session_id on credit_rollover_sessions (session_id);
create index credit_rollover_sessions_expiry_time on credit_rollover_sessions (expiry_time);
create index credit_rollover_sessions_principal_name on credit_rollover_sessions (principal_name);

create table credit_rollover_sessions_attributes (
    session_primary_id text  not null references credit_rollover_sessions (primary_id) on delete cascade,
    attribute_name     text  not null,
    attribute_bytes    bytea not null,
    primary key (session_primary_id, attribute_name)
);

comment on table credit_rollover_sessions is 'logged-in browsers; strangers have no session';
comment on table credit_rollover_sessions_attributes is 'what a session remembers, serialized';

-- The token itself is shown once and kept nowhere.
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

create unique index credit_rollover_api_tokens_hash on credit_rollover_api_tokens (hash);

comment on column credit_rollover_api_tokens.hash is 'SHA-256 of the token, hexadecimal';

-- Where somebody has logged in from before; wrong passwords of others never delay them there.
create table credit_rollover_known_addresses (
    account text        not null,
    address text        not null,
    seen_at timestamptz not null default clock_timestamp(),
    primary key (account, address)
);

comment on table credit_rollover_known_addresses is 'of an IPv6 address the network';

-- Serves the page of one user, and the host that deletes one.
create index if not exists credit_rollover_events_user_id on credit_rollover_events (user_id);
