-- Demo data: 6,000 users of a SaaS in the months before a rollover date.
--
-- The caller sets, on the same connection and before this script:
--   select set_config('demo.rollover_date', '2026-11-01', false)   a first of a month, called D
--   select set_config('demo.zone', 'Asia/Kolkata', false)          the business zone
--   select set_config('demo.months', '12', false)                  months with payments, 3 to 20
--
-- All chance is md5 of a number and a salt: the same D and zone give the same rows on every run
-- and every PostgreSQL, whatever the zone of the session. Moments are made up as local time of
-- the zone and become instants once, when they are stored. Nothing lies in the future of the
-- clock: what D would put there is left out. Phone numbers are all of the block +91 9800 xxxxxx.
-- Statements end with a semicolon and hold none inside.

-- Compiling these expressions would take longer than running them.
set jit = off;

drop table if exists pg_temp.demo_clock, pg_temp.demo_users, pg_temp.demo_payments;

-- A number in [0, 1) for a user, a month or whatever n stands for.
create or replace function pg_temp.dice(n integer, salt text) returns double precision
    language sql immutable
    return ('x' || substr(md5(n::text || ':' || salt), 1, 8))::bit(32)::bigint / 4294967296.0::double precision;

-- A time of day: mostly between 7 and 24 with the peak in the afternoon, sometimes at night.
create or replace function pg_temp.time_of_day(n integer, salt text) returns interval
    language sql immutable
    return case when pg_temp.dice(n, salt || ' night') < 0.04 then 25000 * pg_temp.dice(n, salt || ' hour')
                else 25200 + 61000 * (pg_temp.dice(n, salt || ' hour') + pg_temp.dice(n, salt || ' minute')) / 2
           end::integer * interval '1 second';

create or replace function pg_temp.instant(local_time timestamp) returns timestamptz
    language sql stable
    return local_time at time zone current_setting('demo.zone');

-- D and W (one month earlier) as local midnights, C as an instant.
create temporary table demo_clock as
select d::timestamp                        as d,
       (d - interval '1 month')::timestamp as w,
       pg_temp.instant(d::timestamp)       as c,
       current_setting('demo.months')::integer as months,
       now()                               as as_of
  from (select current_setting('demo.rollover_date')::date as d) as setting;

-- ---------------------------------------------------------------------------------------------
-- The users: 5,984 with a story each, then the worked cases and the doubts by name.
--
--   loyal     pays monthly, month after month; a few days late now and then, some months not at all
--   power     the same with the power plan
--   starter   tops up 10 credits when needed
--   climber   starter, then monthly, most of them power in the end
--   faller    power, then monthly, half of them starter in the end
--   trap      power every month, and in the last one a starter top-up after it: forfeits the rollover
--   late      due on the last days of the month, this time 1 to 3 days late: outside the window
--   refunded  monthly, and one of them refunded: for half of the users the last one
--   failing   monthly, but the card has been refused since the last month
--   lapsed    was a customer once
--   free      never paid, lives on the 5 credits of the sign-up
--   newcomer  signed up in the last weeks, some have bought something
--   night     signed up in the first hours of D: not in scope
--
-- due is the day of the last month that the user pays on, tenure the months before that one
-- in which it did so too.
-- ---------------------------------------------------------------------------------------------
create temporary table demo_users as
with stories as materialized (
    select n, pg_temp.dice(n, 'story') as r
      from generate_series(1, 5984) as n
), cast_list as materialized (
    select n,
           case when n <= 12   then 'night'
                when r < 0.365 then 'loyal'
                when r < 0.455 then 'power'
                when r < 0.555 then 'starter'
                when r < 0.615 then 'climber'
                when r < 0.655 then 'faller'
                when r < 0.675 then 'trap'
                when r < 0.700 then 'late'
                when r < 0.730 then 'refunded'
                when r < 0.755 then 'failing'
                when r < 0.855 then 'lapsed'
                when r < 0.960 then 'free'
                else                'newcomer'
           end as story
      from stories
), dated as materialized (
    select n, story,
           case when story in ('climber', 'faller', 'lapsed') then 2 + floor((months - 2) * pg_temp.dice(n, 'tenure'))
                when story in ('late', 'failing', 'refunded') then 1 + floor((months - 1) * pg_temp.dice(n, 'tenure'))
                when story in ('newcomer', 'night')           then 0
                else floor(months * power(pg_temp.dice(n, 'tenure'), 1.3))
           end::integer as tenure,
           case when story = 'late' then d - (1 + floor(3 * pg_temp.dice(n, 'due')))::integer * interval '1 day'
                else w + floor(extract(day from d - w) * pg_temp.dice(n, 'due'))::integer * interval '1 day'
           end as due
      from cast_list, demo_clock
), names as materialized (
    select array['Aarav', 'Aditi', 'Aditya', 'Akash', 'Akshay', 'Amit', 'Amrita', 'Anand', 'Ananya', 'Anil', 'Anita', 'Anjali',
                 'Ankit', 'Arjun', 'Arvind', 'Asha', 'Ashok', 'Ayesha', 'Bhavana', 'Chetan', 'Deepa', 'Deepak', 'Dev', 'Diya',
                 'Divya', 'Farhan', 'Gaurav', 'Geeta', 'Harish', 'Imran', 'Isha', 'Ishaan', 'Jaya', 'Kabir', 'Karan', 'Kavita',
                 'Kavya', 'Kiran', 'Lakshmi', 'Lalit', 'Madhav', 'Manish', 'Meera', 'Mohan', 'Nandini', 'Naveen', 'Neha', 'Nikhil',
                 'Nisha', 'Pallavi', 'Pooja', 'Pranav', 'Priya', 'Rahul', 'Rajesh', 'Ramesh', 'Rekha', 'Ritu', 'Rohan', 'Rohit',
                 'Sanjay', 'Sara', 'Shreya', 'Siddharth', 'Sneha', 'Sunita', 'Suresh', 'Tanvi', 'Tara', 'Uma', 'Varun', 'Vidya',
                 'Vijay', 'Vikram', 'Vivek', 'Yash', 'Zara', 'Zoya'] as indian_first,
           array['Acharya', 'Agarwal', 'Ahuja', 'Banerjee', 'Bansal', 'Basu', 'Bhatia', 'Bhatt', 'Bose', 'Chandra', 'Chatterjee',
                 'Chaudhary', 'Chopra', 'Das', 'Desai', 'Deshmukh', 'Deshpande', 'Dixit', 'Dutta', 'Fernandes', 'Gandhi', 'Ghosh',
                 'Gill', 'Gokhale', 'Gowda', 'Gupta', 'Hegde', 'Iyengar', 'Iyer', 'Jain', 'Joshi', 'Kadam', 'Kapoor', 'Kaur',
                 'Khan', 'Khanna', 'Krishnan', 'Kulkarni', 'Kumar', 'Malhotra', 'Mathew', 'Mehta', 'Menon', 'Mishra', 'Mukherjee',
                 'Nair', 'Naidu', 'Pandey', 'Patel', 'Patil', 'Pillai', 'Prasad', 'Qureshi', 'Rao', 'Rathore', 'Reddy', 'Saxena',
                 'Sen', 'Seth', 'Shah', 'Sharma', 'Shetty', 'Singh', 'Sinha', 'Srinivasan', 'Tiwari', 'Trivedi', 'Varma', 'Verma',
                 'Yadav'] as indian_last,
           array['Adam', 'Aisha', 'Alice', 'Amelie', 'Andrei', 'Anna', 'Carlos', 'Chen', 'Chloe', 'Clara', 'Daniel', 'David',
                 'Elena', 'Emma', 'Eva', 'Fatima', 'Felix', 'Grace', 'Hana', 'Hannah', 'Hugo', 'Ines', 'Ivan', 'James', 'Jonas',
                 'Julia', 'Kenji', 'Lars', 'Laura', 'Leo', 'Liam', 'Lucas', 'Maria', 'Marta', 'Mei', 'Mia', 'Mohamed', 'Nadia',
                 'Noah', 'Nora', 'Oliver', 'Olivia', 'Omar', 'Pablo', 'Paula', 'Peter', 'Rosa', 'Ruth', 'Samuel', 'Sofia',
                 'Sophie', 'Thomas', 'Tomas', 'Victor', 'Wei', 'Yuki', 'Yusuf', 'Zainab', 'Zofia', 'Zuri'] as world_first,
           array['Abbas', 'Adeyemi', 'Ali', 'Almeida', 'Andersson', 'Baker', 'Bauer', 'Becker', 'Bianchi', 'Brown', 'Campbell',
                 'Carter', 'Chen', 'Clarke', 'Cohen', 'Costa', 'Dubois', 'Evans', 'Fischer', 'Garcia', 'Haddad', 'Hansen', 'Hassan',
                 'Hughes', 'Ibrahim', 'Ito', 'Jansen', 'Johnson', 'Kim', 'Kowalski', 'Larsen', 'Lee', 'Lopez', 'Martin', 'Mendes',
                 'Meyer', 'Mitchell', 'Moreau', 'Moyo', 'Murphy', 'Nakamura', 'Nguyen', 'Novak', 'Okafor', 'Park', 'Petrov',
                 'Popescu', 'Rossi', 'Santos', 'Sato', 'Schmidt', 'Silva', 'Smith', 'Suzuki', 'Taylor', 'Tran', 'Walker', 'Wang',
                 'Weber', 'Williams', 'Wilson', 'Young', 'Zhang'] as world_last
)
select n, story, tenure, due,
       case when pg_temp.dice(n, 'origin') < 0.82
            then indian_first[1 + floor(cardinality(indian_first) * pg_temp.dice(n, 'first name'))::integer] || ' '
              || indian_last[1 + floor(cardinality(indian_last) * pg_temp.dice(n, 'last name'))::integer]
            else world_first[1 + floor(cardinality(world_first) * pg_temp.dice(n, 'first name'))::integer] || ' '
              || world_last[1 + floor(cardinality(world_last) * pg_temp.dice(n, 'last name'))::integer]
       end::text as name,
       '+919800' || lpad(((n * 7919 + 104729) % 900000)::text, 6, '0') as phone_number,
       date_trunc('second', case when story = 'night' then d + 5400 * pg_temp.dice(n, 'signed up') * interval '1 second'
                                 else due - tenure * interval '1 month'
                                      - (3600 + 500000 * pg_temp.dice(n, 'signed up')) * interval '1 second'
                            end) as signed_up,
       null::integer as credits
  from dated, names, demo_clock;

-- The worked cases of the contract, by name, with the credits of its table; then what is doubtful.
insert into demo_users (n, story, name, phone_number, signed_up, credits)
select 10000 + number, 'case',
       format(title, to_char(w, 'FMMonth'), to_char(w - interval '1 month', 'FMMonth'), to_char(d, 'FMMonth')),
       '+919800' || (999900 + number)::text,
       case when number = 14 then d + interval '30 minutes' else d - interval '3 months' + number * interval '1 day 21 minutes' end,
       balance
  from demo_clock,
       (values ( 1,  25, 'Case 01 Monthly on 16 %1$s'),
               ( 2,  40, 'Case 02 Monthly on 1 %1$s at 00:00'),
               ( 3,  40, 'Case 03 Monthly a microsecond before 1 %1$s'),
               ( 4,   5, 'Case 04 Starter on 21 %1$s'),
               ( 5,  30, 'Case 05 Monthly on 10 %1$s, starter on the 20th'),
               ( 6,  30, 'Case 06 Monthly on 10 %1$s, power on the 20th failed'),
               ( 7,  30, 'Case 07 Starter on 10 %1$s, power on the 20th pending'),
               ( 8,  30, 'Case 08 Monthly on 10 %1$s, refunded'),
               ( 9,  10, 'Case 09 No payment'),
               (10,  90, 'Case 10 Monthly on 5 %2$s, renewed on 1 %3$s at 00:30'),
               (11, 160, 'Case 11 Power on 20 %1$s, starter on 1 %3$s at 01:00'),
               (12,  27, 'Case 12 27 credits, monthly on 5 %2$s, starter on 2 %3$s'),
               (13,   8, 'Case 13 8 credits, monthly on 5 %2$s, starter on 2 %3$s'),
               (14,   5, 'Case 14 Signed up on 1 %3$s at 00:30'),
               (15,  38, 'Doubt 01 Paid, but without a date'),
               (16,  60, 'Doubt 02 Paid for a plan that nobody knows')) as cases (number, balance, title);

analyze demo_users;

-- ---------------------------------------------------------------------------------------------
-- The payments. paid_at is local time, k counts the months back from D.
-- ---------------------------------------------------------------------------------------------
create temporary table demo_payments (
    n integer, k integer, plan_type text, payment_status text, paid_at timestamp
);

-- What each story pays month by month, on the due day: one in ten a day early, one in eight
-- 1 to 3 days late. Late ones that fall after D are not there yet when D comes.
insert into demo_payments
with slots as materialized (
    select n, k, story, tenure, due, n * 20 + k as slot,
           (tenure - k)::double precision / (tenure + 1) as progress
      from demo_users, demo_clock, generate_series(0, months - 1) as k
     where k <= tenure
), bought as materialized (
    select n, k, slot, tenure, story,
           case story
               when 'loyal'    then 'monthly'
               when 'power'    then 'power'
               when 'starter'  then 'starter'
               when 'trap'     then 'power'
               when 'late'     then 'monthly'
               when 'refunded' then 'monthly'
               when 'failing'  then 'monthly'
               when 'climber'  then case when progress < 0.34 then 'starter'
                                         when progress < 0.67 or pg_temp.dice(n, 'top') < 0.4 then 'monthly'
                                         else 'power' end
               when 'faller'   then case when progress < 0.34 then 'power'
                                         when progress < 0.67 or pg_temp.dice(n, 'bottom') < 0.5 then 'monthly'
                                         else 'starter' end
               when 'lapsed'   then case when k <= pg_temp.dice(n, 'left') * tenure then null
                                         when pg_temp.dice(n, 'plan') < 0.25 then 'starter'
                                         when pg_temp.dice(n, 'plan') < 0.85 then 'monthly'
                                         else 'power' end
               when 'newcomer' then case when pg_temp.dice(n, 'plan') < 0.45 then null
                                         when pg_temp.dice(n, 'plan') < 0.65 then 'starter'
                                         else 'monthly' end
           end as plan_type,
           case when story = 'refunded' and k = least(tenure, (3 * pg_temp.dice(n, 'which'))::integer / 2) then 'refunded'
                when story = 'failing' and k = 0 then 'failed'
                else 'paid'
           end as payment_status,
           (due - k * interval '1 month')
           + case when story = 'late'                       then case when k = 0 then 3 else 0 end
                  when k = tenure                           then 0
                  when pg_temp.dice(slot, 'jitter') < 0.100 then -1
                  when pg_temp.dice(slot, 'jitter') < 0.225 then 1 + floor(3 * pg_temp.dice(slot, 'days late'))
                  else                                           0
             end::integer * interval '1 day'
           + pg_temp.time_of_day(slot, 'pay') as paid_at
      from slots
)
select n, k, plan_type, payment_status, paid_at
  from bought
 where plan_type is not null
   and (k = tenure or story in ('trap', 'late', 'failing', 'refunded')
        or pg_temp.dice(slot, 'pause') >= case story when 'starter' then 0.4 else 0.03 end);

-- Top-ups between two payments. After the last monthly or power payment of the month they forfeit
-- the rollover: the trap story does it for sure, some loyal and power users by accident.
insert into demo_payments
select n, k, 'starter', 'paid',
       date_trunc('second', paid_at + pg_temp.dice(n * 20 + k, 'top-up day')
                                      * (case when k = 0 then d - paid_at else interval '26 days' end))
  from demo_payments join demo_users using (n), demo_clock
 where payment_status = 'paid' and paid_at < d
   and pg_temp.dice(n * 20 + k, 'top-up') < case when story = 'trap' then case when k = 0 then 1 else 0 end
                                                 when story = 'starter' then 0.35
                                                 when story not in ('loyal', 'power') then 0
                                                 when k = 0 then 0.03
                                                 else 0.08 end;

-- Cards that are refused: one or two failed attempts before a payment goes through,
-- and for the failing users another one on each of the next two days.
insert into demo_payments
select n, k, plan_type, 'failed',
       paid_at - attempt * interval '1 second' * floor(70 + 500 * pg_temp.dice(n * 20 + k, 'retry after'))
  from demo_payments, generate_series(1, 2) as attempt
 where payment_status = 'paid'
   and pg_temp.dice(n * 20 + k, plan_type || ' refused') < case attempt when 1 then 0.07 else 0.02 end;

insert into demo_payments
select n, k, plan_type, 'failed', paid_at + day * interval '1 day 3 minutes'
  from demo_payments join demo_users using (n), generate_series(1, 2) as day
 where story = 'failing' and k = 0 and payment_status = 'failed';

-- Abandoned checkouts: pending for good, the youngest of them some days old when D comes.
insert into demo_payments
select n, 0, case when pg_temp.dice(n, 'abandoned plan') < 0.6 then 'monthly' else 'power' end, 'pending',
       date_trunc('second', signed_up + (d - interval '3 days' - signed_up) * pg_temp.dice(n, 'abandoned'))
  from demo_users, demo_clock
 where story not in ('night', 'case') and signed_up < d - interval '4 days'
   and pg_temp.dice(n, 'abandons') < case story when 'free' then 0.25 when 'lapsed' then 0.2 when 'newcomer' then 0.2 else 0.05 end;

-- The first two hours of D: renewals by those who are late, by the lapsed who come back and by the
-- failing with a new card; top-ups by anyone; first purchases by those who signed up that night.
insert into demo_payments
with rolled as materialized (
    select n, story, signed_up, pg_temp.dice(n, 'night purchase') as night, pg_temp.dice(n, 'first hours') as moment
      from demo_users
), chosen as (
    select n, story, signed_up, moment,
           case when story = 'late'    and night < 0.150 then 'monthly'
                when story = 'failing' and night < 0.060 then 'monthly'
                when story = 'lapsed'  and night < 0.015 then 'monthly'
                when story = 'lapsed'  and night < 0.040 then 'starter'
                when story = 'loyal'   and night < 0.005 then 'starter'
                when story = 'power'   and night < 0.005 then 'starter'
                when story = 'starter' and night < 0.010 then 'starter'
                when story = 'free'    and night < 0.010 then 'starter'
                when story = 'night'   and night < 0.300 then 'monthly'
                when story = 'night'   and night < 0.600 then 'starter'
           end as plan_type
      from rolled
)
select n, -1, plan_type, 'paid',
       date_trunc('second', case when story = 'night' then signed_up + (90 + 1500 * moment) * interval '1 second'
                                 else d + 7190 * moment * interval '1 second' end)
  from chosen, demo_clock
 where plan_type is not null;

-- Nothing after the first two hours of D. (The worked cases come later, with their own rule.)
delete from demo_payments using demo_clock where paid_at >= d + interval '2 hours';

-- The worked cases. Those of D's first hours happen at once when the script runs earlier that night;
-- cases 12 and 13 pay on the 2nd, for a run that is late: before that they are just left without it.
insert into demo_payments
select 10000 + number, 0, plan_type, payment_status,
       case when paid_at < d + interval '2 hours' and pg_temp.instant(paid_at) > as_of and as_of >= c
            then as_of at time zone current_setting('demo.zone') else paid_at end
  from demo_clock,
       lateral (values ( 1, 'monthly', 'paid',     w + interval '15 days 11 hours'),
                       ( 2, 'monthly', 'paid',     w),
                       ( 3, 'monthly', 'paid',     w - interval '1 microsecond'),
                       ( 4, 'starter', 'paid',     w + interval '20 days 11 hours'),
                       ( 5, 'monthly', 'paid',     w + interval '9 days 11 hours'),
                       ( 5, 'starter', 'paid',     w + interval '19 days 11 hours'),
                       ( 6, 'monthly', 'paid',     w + interval '9 days 11 hours'),
                       ( 6, 'power',   'failed',   w + interval '19 days 11 hours'),
                       ( 7, 'starter', 'paid',     w + interval '9 days 11 hours'),
                       ( 7, 'power',   'pending',  w + interval '19 days 11 hours'),
                       ( 8, 'monthly', 'refunded', w + interval '9 days 11 hours'),
                       (10, 'monthly', 'paid',     w - interval '1 month' + interval '4 days 11 hours'),
                       (10, 'monthly', 'paid',     d + interval '30 minutes'),
                       (11, 'power',   'paid',     w + interval '19 days 11 hours'),
                       (11, 'starter', 'paid',     d + interval '1 hour'),
                       (12, 'monthly', 'paid',     w - interval '1 month' + interval '4 days 11 hours'),
                       (12, 'starter', 'paid',     d + interval '1 day 11 hours'),
                       (13, 'monthly', 'paid',     w - interval '1 month' + interval '4 days 11 hours'),
                       (13, 'starter', 'paid',     d + interval '1 day 11 hours'),
                       (15, 'monthly', 'paid',     w - interval '1 month' + interval '6 days 16 hours'),
                       (15, 'monthly', 'paid',     null),
                       (16, 'monthly', 'paid',     w - interval '1 month' + interval '17 days 18 hours'),
                       (16, 'campus',  'paid',     w + interval '17 days 18 hours')
               ) as cases (number, plan_type, payment_status, paid_at);

analyze demo_payments;

-- ---------------------------------------------------------------------------------------------
-- Into the host's tables, in the order in which it happened.
-- ---------------------------------------------------------------------------------------------
-- Some of the older users came from an earlier system, which kept no date.
insert into users (phone_number, name, credits, created_at)
select phone_number, name, coalesce(credits, 5),
       case when tenure >= 6 and story <> 'free' and pg_temp.dice(n, 'imported') < 0.04 then null
            when n = 10014 then least(pg_temp.instant(signed_up), as_of)
            else pg_temp.instant(signed_up) end
  from demo_users, demo_clock
 where pg_temp.instant(signed_up) <= as_of or (n = 10014 and as_of >= c)
 order by signed_up, n;

insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
select u.id, u.phone_number, p.plan_type, coalesce(plan.amount, 19900), coalesce(plan.credits, 60), p.payment_status, pg_temp.instant(p.paid_at)
  from demo_payments as p
       join demo_users using (n)
       join users as u using (phone_number)
       left join payment_plans as plan on plan.plan_type = p.plan_type
       cross join demo_clock
 where p.paid_at is null or pg_temp.instant(p.paid_at) <= as_of
 order by p.paid_at, p.n;

analyze users;
analyze payments;

-- What is left of what was bought: the fuller, the fresher the last payment before D, plus a rest of
-- the one before it, plus nearly all that was bought after D. Some have spent everything.
with bought as materialized (
    select p.user_id, p.plan_type, p.credits_added, p.created_at, p.created_at >= c as after_cutoff,
           row_number() over (partition by p.user_id, p.created_at >= c order by p.created_at desc, p.id desc) as latest,
           extract(epoch from c - p.created_at)::double precision / 86400 as days_old
      from payments as p, demo_clock
     where p.payment_status = 'paid'
), totals as materialized (
    select user_id,
           coalesce(sum(credits_added) filter (where after_cutoff), 0)::integer                   as fresh,
           coalesce(max(credits_added) filter (where latest = 1 and not after_cutoff), 0)         as last_bought,
           coalesce(max(least(days_old, 30)) filter (where latest = 1 and not after_cutoff), 30)  as days_old,
           coalesce(max(credits_added) filter (where latest = 2 and not after_cutoff), 0)         as bought_before
      from bought
     group by user_id
), left_over as (
    select u.id, coalesce(t.fresh, 0) as fresh, pg_temp.dice(n, 'spent lately') as lately,
           case when pg_temp.dice(n, 'empty') < case when story in ('free', 'lapsed', 'starter') then 0.22 else 0.06 end then 0
                when coalesce(t.last_bought, 0) = 0
                then case when pg_temp.dice(n, 'spent') < 0.75 then 5 else floor(5 * pg_temp.dice(n, 'left of five')) end
                else floor(t.last_bought * (1 - t.days_old / 30 * (0.25 + 0.75 * pg_temp.dice(n, 'spent')))
                           + t.bought_before * 0.6 * power(pg_temp.dice(n, 'spent before'), 3))
           end::integer as older
      from users as u
           join demo_users using (phone_number)
           left join totals as t on t.user_id = u.id
     where demo_users.credits is null
)
update users as u
   set credits = l.older + l.fresh - least(l.fresh, floor(5 * l.lately)::integer)
  from left_over as l
 where l.id = u.id;

-- Who is on the power plan is served first.
update users as u
   set is_priority = coalesce((select p.plan_type = 'power'
                                 from payments as p
                                where p.phone_number = u.phone_number and p.payment_status = 'paid' and p.plan_type <> 'starter'
                                order by p.created_at desc nulls last, p.id desc
                                limit 1), false);

drop table pg_temp.demo_clock, pg_temp.demo_users, pg_temp.demo_payments;
drop function pg_temp.time_of_day(integer, text), pg_temp.dice(integer, text), pg_temp.instant(timestamp);
reset jit;
