-- As created by ActiveRecord migrations: datetime is a timestamp in UTC, enum is an integer.
create table users (
    id             bigserial primary key,
    phone          character varying,
    full_name      character varying,
    credit_balance integer      not null default 5,
    created_at     timestamp(6) not null,
    updated_at     timestamp(6) not null
);

create unique index index_users_on_phone on users (phone);

create table plans (
    id          bigserial primary key,
    code        character varying not null,
    price_paise integer,
    credits     integer,
    listed      boolean           not null default true,
    created_at  timestamp(6)      not null,
    updated_at  timestamp(6)      not null
);

create table orders (
    id           bigserial primary key,
    user_id      bigint,
    plan_id      bigint       references plans (id),
    amount_paise integer,
    credits      integer,
    status       integer, -- 0 pending, 1 paid, 2 failed, 3 refunded
    purchased_at timestamp(6),
    created_at   timestamp(6) not null,
    updated_at   timestamp(6) not null
);

create index index_orders_on_user_id on orders (user_id);
