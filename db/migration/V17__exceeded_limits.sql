-- The console reads a run's exceeded safety limits as data. Older runs have only their message.

-- Adding a column locks runs for a moment. Gives up after 2 s rather than queue a run.
set local lock_timeout = '2s';

alter table credit_rollover_runs add column if not exists exceeded_limits jsonb;

comment on column credit_rollover_runs.exceeded_limits is
    'of the last attempt: key, figures, value and threshold of each exceeded limit; null if none, and before version 17';
