insert into users (id, phone, full_name, credit_balance, created_at, updated_at)
select id, phone_number, name, credits, coalesce(created_at, '2001-01-01') at time zone 'UTC', now() from staging.users;
insert into plans (code, price_paise, credits, listed, created_at, updated_at)
select t.plan_type, p.amount, p.credits, p.plan_type is not null, now(), now()
from (select plan_type from staging.payments union select plan_type from staging.payment_plans) t
left join staging.payment_plans p using (plan_type) where t.plan_type is not null;
insert into orders (id, user_id, plan_id, amount_paise, credits, status, purchased_at, created_at, updated_at)
select s.id, s.user_id, p.id, s.amount, s.credits_added,
       case s.payment_status when 'pending' then 0 when 'paid' then 1 when 'failed' then 2 when 'refunded' then 3
                             else case when s.payment_status is not null then 9 end end,
       s.created_at at time zone 'UTC', now(), now()
from staging.payments s left join plans p on p.code = s.plan_type
