create schema credit_rollover_host;

create view credit_rollover_host.users as
select id, mobile as phone_number, balance as credits, registered_at as created_at from public.customers;

create view credit_rollover_host.payments as
select id, customer_id as user_id, product as plan_type, price as amount, credits as credits_added,
       case state when 'captured' then 'paid' when 'created' then 'pending' else state::text end as payment_status,
       updated_at as created_at
from public.checkouts;

create view credit_rollover_host.payment_plans as select code as plan_type, price as amount, credits from public.products;
