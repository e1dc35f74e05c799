-- ${months} completed months of 270,000 events before ${date}, and the payments that they were decided by. Statements end
-- with a semicolon and hold none inside.
insert into users (phone_number, name, credits, created_at)
select '+91' || (6000000000 + n), 'User ' || n, 1 + n % 60, '2015-01-01' from generate_series(1, 300000) n;
insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
select u, '+91' || (6000000000 + u), case when u % 4 < 3 then 'monthly' else 'starter' end, case when u % 4 < 3 then 29900 else 9900 end, 50, 'paid',
       (timestamptz '${cutoff}' - (${months} - k + 1) * interval '1 month') + (u % 2000000) * interval '7 seconds'
from generate_series(-1, ${months}) k, generate_series(1, 300000) u where (u + k) % 3 = 0 order by k, u;
insert into credit_rollover_batch_job_instance select k, 0, 'creditRolloverJob', 'old' || k from generate_series(1, ${months}) k;
insert into credit_rollover_batch_job_execution (job_execution_id, version, job_instance_id, create_time, status, exit_code)
select k, 0, k, now(), 'COMPLETED', 'COMPLETED' from generate_series(1, ${months}) k;
insert into credit_rollover_batch_job_execution_params select k, 'runId', 'java.lang.Long', k::text, 'Y' from generate_series(1, ${months}) k;
select setval('credit_rollover_batch_job_instance_seq', ${months}), setval('credit_rollover_batch_job_execution_seq', ${months});
insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by, job_instance_id, started_at, finished_at)
select d, 'live', 'COMPLETED', d::timestamp at time zone 'Asia/Kolkata', 'Asia/Kolkata',
       jsonb_build_object('zone', 'Asia/Kolkata', 'pendingGrace', 'PT15M', 'unpaidStatuses', '[]'::jsonb, 'plans', jsonb_build_object('monthly', jsonb_build_object('window','P1M','eligible',true,'carryPercent',100,'windowStart', to_char((d - interval '1 month')::timestamp at time zone 'Asia/Kolkata' at time zone 'UTC','YYYY-MM-DD"T"HH24:MI:SS"Z"')),
         'power', jsonb_build_object('window','P1M','eligible',true,'carryPercent',100,'windowStart', to_char((d - interval '1 month')::timestamp at time zone 'Asia/Kolkata' at time zone 'UTC','YYYY-MM-DD"T"HH24:MI:SS"Z"')))), 'history', k, d + time '02:00', d + time '02:01'
from (select k, (date '${date}' - (${months} - k + 1) * interval '1 month')::date d from generate_series(1, ${months}) k) m order by k;
insert into credit_rollover_events (user_id, phone_number, rollover_date, credits_before, credits_after, action, eligible_plan_type, reason, run_id, reason_code, payment_id, paid_at, created_at)
select u, '+91' || (6000000000 + u), r.rollover_date, 1 + u % 60, case when keeps then 1 + u % 60 else 0 end, case when keeps then 'rollover' else 'expiry' end,
       case when keeps then 'monthly' end, 'Last payment was monthly on some day, a sentence of usual length that says why.', r.id,
       case when keeps then 'ELIGIBLE_PLAN' when u % 4 = 3 then 'PLAN_NOT_ELIGIBLE' else 'WINDOW_ELAPSED' end,
       (r.id - (u + r.id - 1) % 3) * 100000 + (u - 1) / 3 + 1, r.cutoff - interval '10 days', r.cutoff + interval '2 hours'
from credit_rollover_runs r, generate_series(1, 300000) u, lateral (select (u + r.id - 1) % 3 = 0 and u % 4 < 3 as keeps) x
where u % 10 <> 7 order by r.id, u;
update credit_rollover_runs r set users_rolled_over = t.k, users_expired = t.e, users_processed = t.k + t.e, credits_before = t.b, credits_rolled_over = t.a, credits_expired = t.b - t.a
from (select run_id, count(*) filter (where action = 'rollover') k, count(*) filter (where action = 'expiry') e, sum(credits_before) b, sum(credits_after) a from credit_rollover_events group by 1) t where t.run_id = r.id;
