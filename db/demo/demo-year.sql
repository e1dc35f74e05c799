-- After demo-data.sql: the demo's year begins. Payments wait in demo.payments until the demo's clock reaches them, and no
-- user holds credits yet.

-- The worked cases belong to one month.
delete from payments p using users u where u.id = p.user_id and u.name like 'Case %';
delete from users where name like 'Case %';

-- The doubts belong to the last month that has run.
update payments set created_at = created_at - interval '29 days' where plan_type = 'campus';
create table demo.balances as select id, credits from users where name like 'Doubt %';
update users set name = case name when 'Doubt 01 Paid, but without a date' then 'Meera Iyer' else 'Arjun Nair' end
 where name like 'Doubt %';

create table demo.payments as table payments;
truncate payments;
update users set credits = 0;

create function demo.dice(n integer, moment timestamptz) returns double precision language sql stable
    return (hashint4extended(n, extract(epoch from moment)::bigint) & 1048575) / 1048576.0::double precision;

-- A host that freezes balances, of more users than a run may skip; disabled until the demo wants it.
create function demo.refuse() returns trigger language plpgsql
    as 'begin raise exception ''Balances are frozen while finance closes the quarter.''; end';
create trigger frozen before update of credits on users for each row when (old.id % 2 = 0) execute function demo.refuse();
alter table users disable trigger frozen;
