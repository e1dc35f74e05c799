-- As created by Laravel's migrations: timestamps() are nullable, without a time zone, in the one of config/app.php (UTC).
create table users (
    id             bigserial primary key,
    name           varchar(255) not null,
    phone          varchar(255),
    credits        bigint       not null default 5,
    remember_token varchar(100),
    created_at     timestamp(0),
    updated_at     timestamp(0)
);

create table transactions (
    id         bigserial primary key,
    user_id    bigint,
    plan       varchar(255),
    amount     integer      not null,
    credits    integer,
    status     varchar(255), -- pending, success, failed, refunded
    created_at timestamp(0),
    updated_at timestamp(0)
);
