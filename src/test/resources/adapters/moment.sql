insert into customers (id, mobile, balance, registered_at) overriding system value
select id, phone_number, credits, created_at from staging.users;
insert into products select plan_type, amount, credits from staging.payment_plans;
insert into checkouts (id, customer_id, product, price, credits, state, opened_at, updated_at) overriding system value
select id, user_id, plan_type, amount, credits_added,
       case payment_status when 'paid' then 'captured' when 'pending' then 'created' when 'failed' then 'failed'
                           when 'refunded' then 'refunded'
                           else case when payment_status is not null then 'disputed' end end::checkout_state,
       now() - interval '1 year', created_at
from staging.payments
