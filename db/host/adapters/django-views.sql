create schema credit_rollover_host;

create view credit_rollover_host.users as
select id, phone as phone_number, credits, date_joined as created_at from public.accounts_user;

create view credit_rollover_host.payments as
select id, account_id as user_id, plan as plan_type, amount, credits as credits_added,
       case status when 'PENDING' then 'pending' when 'PAID' then 'paid' when 'FAILED' then 'failed'
                   when 'REFUNDED' then 'refunded' else status end as payment_status,
       created as created_at
from public.billing_payment;
