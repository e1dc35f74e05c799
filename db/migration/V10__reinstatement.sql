-- Reinstatements: credits added back outside an undo, by a second look or a person.

-- Gives up after 2 s rather than queue reports that read these tables. Touches no table of the host.
set local lock_timeout = '2s';

-- An expiry is reversed at most once and reinstated at most once. Replaces the index on reverses alone.
create unique index credit_rollover_events_given_back_once_by_action
    on credit_rollover_events (reverses, action) where reverses is not null;
drop index if exists credit_rollover_events_given_back_once;

-- Serves the totals of an undo or reinstatement: its events are few among those of the month.
create index credit_rollover_events_given_back_by_run
    on credit_rollover_events (run_id) where action in ('reversal', 'reinstatement');

-- NOT VALID: there are no such events yet, and a check of all rows would hold the table.
alter table credit_rollover_events
    add constraint credit_rollover_events_reinstates check (action <> 'reinstatement' or reverses is not null) not valid;

alter table credit_rollover_runs
    add column reinstates_run_id bigint references credit_rollover_runs (id),
    add constraint credit_rollover_runs_reinstates
        check ((mode = 'reinstate') >= (reinstates_run_id is not null)) not valid;

comment on column credit_rollover_runs.reinstates_run_id is 'the live run whose expiries this one reinstates';
comment on column credit_rollover_runs.only_user_id is 'an undo or reinstatement of this one user only';
