-- Optional: lets the console find users by the last four digits of their phone number and by name, however many there are.
-- Without these indexes it searches so only where a scan of users is cheap (some 200,000 users), and says when it did not.
-- Each takes about 30 MB for a million users, and makes an update of users a little slower where its page is full.
--
-- Run by the owner of users, outside a transaction:   psql -f db/optional/user-search.sql DATABASE
-- Behind views, create them on the base table, with its column names.
-- Names also need a grant:                            grant select (name) on users to credit_rollover_serve;

create index concurrently if not exists credit_rollover_last_four_digits
    on users (right(regexp_replace(phone_number::text, '\D', '', 'g'), 4));
create index concurrently if not exists credit_rollover_user_name
    on users (lower(name::text) text_pattern_ops);
analyze users;
