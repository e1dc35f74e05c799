insert into accounts_user (id, password, username, phone, credits, is_active, date_joined)
select id, '', 'user ' || id, phone_number, credits, true, created_at from staging.users;
insert into billing_payment (id, account_id, plan, amount, credits, status, created, modified)
select id, user_id, plan_type, amount, credits_added,
       case when payment_status in ('pending', 'paid', 'failed', 'refunded') then upper(payment_status)
            else 'other: ' || payment_status end, created_at, now()
from staging.payments where user_id in (select id from staging.users)
