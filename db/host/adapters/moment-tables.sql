-- The row is created when the checkout opens. updated_at is the time of the payment gateway's result.
create table customers (
    id            integer generated always as identity primary key,
    mobile        text,
    balance       integer not null default 0,
    registered_at timestamptz
);

create type checkout_state as enum ('created', 'captured', 'failed', 'refunded', 'disputed');

create table checkouts (
    id          integer generated always as identity primary key,
    customer_id integer,
    product     text,
    price       integer not null,
    credits     integer,
    state       checkout_state,
    opened_at   timestamptz not null,
    updated_at  timestamptz
);

create index checkouts_customer on checkouts (customer_id);

create table products (
    code    text primary key,
    price   integer,
    credits integer
);
