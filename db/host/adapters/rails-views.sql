create schema credit_rollover_host;

create view credit_rollover_host.users as
select id, phone as phone_number, credit_balance as credits, created_at at time zone 'UTC' as created_at from public.users;

create view credit_rollover_host.payments as
select o.id, o.user_id, p.code as plan_type, o.amount_paise as amount, o.credits as credits_added,
       case o.status when 0 then 'pending' when 1 then 'paid' when 2 then 'failed' when 3 then 'refunded'
                     else o.status::text end as payment_status,
       o.purchased_at at time zone 'UTC' as created_at
from public.orders o left join public.plans p on p.id = o.plan_id;

create view credit_rollover_host.payment_plans as
select code as plan_type, price_paise as amount, credits from public.plans where listed;
