create schema credit_rollover_host;

create view credit_rollover_host.users as
select id, phone as phone_number, credits, created_at at time zone 'UTC' as created_at from public.users;

create view credit_rollover_host.payments as
select id, user_id, plan as plan_type, amount, credits as credits_added,
       case status when 'success' then 'paid' when 'paid' then 'unknown: paid' else status end as payment_status,
       created_at at time zone 'UTC' as created_at
from public.transactions;
