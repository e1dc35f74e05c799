-- What was read from sentences before: whether a safety limit ended an attempt, and what came of a stop.

set local lock_timeout = '2s';

alter table credit_rollover_runs add column limit_exceeded boolean not null default false;
alter table credit_rollover_outbox add column limit_exceeded boolean not null default false;

comment on column credit_rollover_runs.limit_exceeded is 'a safety limit ended the last attempt; an approval lets it pass';
comment on column credit_rollover_outbox.limit_exceeded is 'of the attempt that the mail reports';

update credit_rollover_runs set limit_exceeded = true
where status in ('BLOCKED', 'FAILED', 'STOPPED') and message like '%rollover.safety.%';
update credit_rollover_outbox set limit_exceeded = true
where outcome <> 'OK' and message like '%rollover.safety.%';

-- Versions before 1.0 wrote no outcomes. A schedule reads those of stops. The audit is append-only: a second row.
insert into credit_rollover_audit (at, who, address, action, target, result, intent_id, outcome)
select at, who, address, action, target, result, id, 'done'
from credit_rollover_audit
where action = 'stop' and outcome is null and result <> 'intended' and result not like 'refused%';

-- The action of a skipped user has one word in stored forecasts and figures.
update credit_rollover_runs set forecast = replace(forecast::text, '"action": "set-aside"', '"action": "skip"')::jsonb
where forecast::text like '%"action": "set-aside"%';
update credit_rollover_forecasts set forecast = replace(forecast::text, '"action": "set-aside"', '"action": "skip"')::jsonb
where forecast::text like '%"action": "set-aside"%';
update credit_rollover_figures set figures = replace(figures::text, '"action": "set-aside"', '"action": "skip"')::jsonb
where figures::text like '%"action": "set-aside"%';
