insert into users (id, name, phone, credits, created_at, updated_at)
select id, name, phone_number, credits, created_at at time zone 'UTC', now() from staging.users;
insert into transactions (id, user_id, plan, amount, credits, status, created_at, updated_at)
select id, user_id, plan_type, amount, credits_added,
       case payment_status when 'paid' then 'success' when 'success' then 'paid' else payment_status end,
       created_at at time zone 'UTC', now()
from staging.payments
