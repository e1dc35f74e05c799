-- A person looks at each skipped user. The list of skipped users says who did, so that no two do.

-- Adding columns locks skips for a moment. Gives up after 2 s rather than queue a run.
set local lock_timeout = '2s';

alter table credit_rollover_skips
    add column looked_at    timestamptz,
    add column looked_at_by text;

comment on column credit_rollover_skips.looked_at is 'when a person marked it as looked at; null until then';
comment on column credit_rollover_skips.looked_at_by is 'the first who did';
