insert into public.users (id, phone_number, name, credits, created_at)
select id, phone_number, name, credits, created_at from staging.users;
insert into public.payments (id, user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
select id, user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at from staging.payments;
insert into public.payment_plans (plan_type, amount, credits)
select plan_type, amount, credits from staging.payment_plans s
where not exists (select from public.payment_plans p where p.plan_type = s.plan_type)
